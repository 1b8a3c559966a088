/** Copies text, also where the clipboard API is not offered (plain http). Resolves to whether it worked. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.className = 'skip'
    document.body.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    return done
  }
}

/** Says the outcome on the button for a moment. */
export function tellOn(button, message) {
  button.dataset.label ??= button.textContent
  button.textContent = message
  setTimeout(() => {
    button.textContent = button.dataset.label
  }, 1500)
}
