const THEMES = ['system', 'light', 'dark']

/** Steps through system, light and dark, and remembers the choice. */
for (const button of document.querySelectorAll('[data-switch-theme]')) {
  const name = () => document.documentElement.dataset.theme ?? 'system'
  const tell = () => {
    button.setAttribute('aria-label', `Theme: ${name()}`)
    button.title = `Theme: ${name()}`
  }
  button.addEventListener('click', () => {
    const next = THEMES[(THEMES.indexOf(name()) + 1) % THEMES.length]
    if (next === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = next
    try {
      localStorage.setItem('docsfy-theme', next)
    } catch {
      // Storage can be forbidden; the choice then lasts for this page.
    }
    tell()
  })
  tell()
}
