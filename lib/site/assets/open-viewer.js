import { loadDialog } from './load-script.js'

/** The viewer is loaded when somebody turns to a diagram; without it a diagram can still be scrolled. */
for (const figure of document.querySelectorAll('.diagram')) {
  const stage = figure.querySelector('.diagram-scroll')
  if (!stage) continue
  stage.tabIndex = 0
  stage.setAttribute('role', 'group')
  stage.setAttribute('aria-label', 'Diagram: plus and minus zoom, arrow keys move, Enter shows it in full size')
  const load = () => loadDialog('viewer.js').catch(() => {})
  for (const type of ['pointerenter', 'focusin']) stage.addEventListener(type, load, { once: true })
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'diagram-open'
  button.textContent = 'Full size'
  button.addEventListener('click', async () => {
    await load()
    stage.dispatchEvent(new CustomEvent('docsfy-view'))
  })
  figure.append(button)
}

/** Without the viewer, or with a key that opens a tab, the link leads to the file of the picture. */
for (const link of document.querySelectorAll('.picture-open')) {
  link.addEventListener('click', async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    await loadDialog('viewer.js').then(
      () => link.dispatchEvent(new CustomEvent('docsfy-view')),
      () => location.assign(link.href),
    )
  })
}
