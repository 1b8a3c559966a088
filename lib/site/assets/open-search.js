const here = document.querySelector('script[src*="assets/site.js"]').src
let loading = null

/** Loads the search once, when it is first asked for; scripts load from disk too, where fetch does not. */
function loadSearch() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = here.replace('assets/site.js', 'assets/search.js')
    script.addEventListener('load', resolve)
    script.addEventListener('error', reject)
    document.head.append(script)
  })
  return loading
}

async function openSearch(query = '') {
  try {
    await loadSearch()
    document.dispatchEvent(new CustomEvent('docsfy-search', { detail: query }))
  } catch {
    loading = null
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
