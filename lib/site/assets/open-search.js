import { loadDialog, preloadScript } from './load-script.js'

/** Loads the search, and beside it what it will ask for first. */
function loadSearch() {
  preloadScript('search/index.js')
  return loadDialog('search.js')
}

/** Loads the search when it is first asked for. */
async function openSearch(query = '') {
  try {
    await loadSearch()
    document.dispatchEvent(new CustomEvent('docsfy-search', { detail: query }))
  } catch {
    // Without it the page reads as before; the next call asks for it again.
  }
}

for (const button of document.querySelectorAll('[data-open-search]')) {
  // A tenth of a second before the click. What cannot be loaded now is asked for again then.
  button.addEventListener('pointerdown', () => loadSearch().catch(() => undefined))
  button.addEventListener('click', () => openSearch())
}

addEventListener('keydown', (event) => {
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]')
  const slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey
  const commandK = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
  if (!slash && !commandK) return
  event.preventDefault()
  void openSearch()
})

/** `?q=WORDS` at the end of the address of any page opens the search with these words. */
const wanted = new URLSearchParams(location.search).get('q')
if (wanted !== null) void openSearch(wanted)
