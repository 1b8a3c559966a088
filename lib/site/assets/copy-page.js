import { copyText, tellOn } from './copy-text.js'

for (const button of document.querySelectorAll('[data-copy-page]')) {
  // A page opened from disk may not read the file beside it; the link to it still works.
  if (location.protocol === 'file:') button.remove()
  button.addEventListener('click', async () => {
    try {
      const response = await fetch(button.dataset.copyPage)
      const copied = response.ok && (await copyText(await response.text()))
      tellOn(button, copied ? 'Copied' : 'Not copied')
    } catch {
      tellOn(button, 'Not copied')
    }
  })
}
