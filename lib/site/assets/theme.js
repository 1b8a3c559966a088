// Runs before anything is painted, so that a chosen theme does not flash.
const root = document.documentElement
root.classList.add('js')
try {
  const chosen = localStorage.getItem('docsfy-theme')
  if (chosen === 'light' || chosen === 'dark') root.dataset.theme = chosen
} catch {
  // Storage can be forbidden; the system's theme stands.
}
