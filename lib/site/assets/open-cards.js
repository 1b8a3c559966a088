import { loadDialog } from './load-script.js'

const CARDS = 'a.cite, a.symbol'
const touches = matchMedia('(hover: none)')

/** Loads what shows cards at the first link that has one, and hands the event on. */
async function wake(event) {
  const link = event.target.closest?.(CARDS)
  if (!link) return
  const isTap = event.type === 'click' && touches.matches && !('open' in link.dataset)
  // A finger that touches is no pointer that rests.
  if (event.pointerType === 'touch' ? !isTap : event.type === 'click' && !isTap) return
  // The first tap shows the card, the second one follows the link.
  if (isTap) event.preventDefault()
  try {
    await loadDialog('cards.js')
    document.dispatchEvent(new CustomEvent('docsfy-card', { detail: { link, how: event.type } }))
  } catch {
    if (isTap) location.href = link.href
  }
}

if (document.querySelector(CARDS)) {
  for (const type of ['pointerover', 'focusin', 'click']) document.addEventListener(type, wake)
}
