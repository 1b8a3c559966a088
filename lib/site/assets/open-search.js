import { loadDialog } from './load-script.js'

/** Loads the search when it is first asked for. */
async function openSearch(query = '') {
  try {
    await loadDialog('search.js')
    document.dispatchEvent(new CustomEvent('docsfy-search', { detail: query }))
  } catch {
    // Without it the page reads as before; the next call asks for it again.
  }
}

for (const button of document.querySelectorAll('[data-open-search]'))
  button.addEventListener('click', () => openSearch())

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
