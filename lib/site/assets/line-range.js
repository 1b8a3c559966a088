const source = document.querySelector('.source')

/** First and last line of a fragment such as `#L3-L9` or `#L3`; null when it names none. */
function linesOf(hash) {
  const match = /^#L(\d+)(?:-L(\d+))?$/.exec(hash)
  if (!match) return null
  const lines = [Number(match[1]), Number(match[2] ?? match[1])]
  return lines.sort((a, b) => a - b)
}

/** Highlights the lines the address names and points the link to the forge at the same lines. */
function showRange() {
  for (const line of source.querySelectorAll('.hit')) line.classList.remove('hit')
  const lines = linesOf(location.hash)
  const forge = document.querySelector('[data-forge]')
  if (forge) forge.hash = lines ? location.hash : ''
  if (!lines) return
  for (let number = lines[0]; number <= lines[1]; number += 1) {
    document.getElementById(`L${number}`)?.classList.add('hit')
  }
  document.getElementById(`L${lines[0]}`)?.scrollIntoView({ block: 'start', inline: 'nearest' })
}

/** A click with Shift on a line number extends the range from the line the address names. */
function extendRange(event) {
  const number = event.shiftKey && event.target.closest?.('span[id] > a')?.textContent
  const from = linesOf(location.hash)
  if (!number || !from) return
  event.preventDefault()
  const [first, last] = [from[0], Number(number)].sort((a, b) => a - b)
  location.hash = `#L${first}-L${last}`
}

addEventListener('hashchange', showRange)
source.addEventListener('click', extendRange)
showRange()
