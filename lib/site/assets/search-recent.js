const KEPT = 5
const key = `docsfy.search ${new URL('..', document.currentScript.src).pathname}`

/** Results opened last on this device, newest first; none where the browser keeps nothing. */
export function recentResults() {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '[]')
    return kept.filter(({ file, name, where }) => [file, name, where].every((text) => typeof text === 'string'))
  } catch {
    return []
  }
}

export function rememberResult({ file, id, name, where }) {
  const others = recentResults().filter((known) => known.file !== file || known.id !== id)
  try {
    localStorage.setItem(key, JSON.stringify([{ file, id, name, where }, ...others].slice(0, KEPT)))
  } catch {
    // A browser that keeps nothing has nothing to offer next time.
  }
}
