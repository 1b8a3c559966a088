import { copyText, tellOn } from './copy-text.js'

for (const block of document.querySelectorAll('.code')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy'
  button.textContent = 'Copy'
  button.addEventListener('click', async () => {
    const text = block.querySelector('code').textContent
    tellOn(button, (await copyText(text)) ? 'Copied' : 'Not copied')
  })
  block.append(button)
}
