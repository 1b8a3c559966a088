import { loadOwn } from './load-script.js'

/** Numbers of files that a page does not name become buttons; what lists the files is loaded at the first press. */
for (const number of document.querySelectorAll('.more-users')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = number.className
  button.textContent = number.textContent
  button.setAttribute('aria-expanded', 'false')
  number.replaceWith(button)
  button.addEventListener('click', async () => {
    // Without it the page reads as before; the next press asks for it again.
    await loadOwn('all-users.js').catch(() => undefined)
    document.dispatchEvent(new CustomEvent('docsfy-users', { detail: button }))
  })
}
