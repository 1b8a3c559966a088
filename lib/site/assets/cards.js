import { cardContent } from './card-content.js'

const OPEN_AFTER_MS = 150
const CLOSE_AFTER_MS = 250
const GAP_PX = 6

const card = document.createElement('div')
card.className = 'card'
card.id = 'docsfy.card'
card.popover = 'manual'
card.setAttribute('role', 'group')
/** The link whose card is open or on its way. */
let current = null
/** The link whose card was closed with Escape while it had the focus: it stays closed until the focus moves on. */
let dismissed = null
let timer = 0

function later(action, ms) {
  clearTimeout(timer)
  timer = setTimeout(action, ms)
}

async function open(link) {
  if (current === link) return
  close()
  current = link
  const content = await cardContent(link).catch(() => null)
  if (current !== link || !content) return
  card.setAttribute('aria-label', content.name)
  card.replaceChildren(...content.parts)
  // Behind its link, so that Tab leads into it.
  link.after(card)
  link.dataset.open = ''
  // Two accounts of the same would lie above each other.
  link.dataset.title = link.title
  link.removeAttribute('title')
  card.showPopover()
  place(link)
  for (const code of card.querySelectorAll('pre')) if (code.scrollWidth > code.clientWidth) code.tabIndex = 0
}

function close() {
  clearTimeout(timer)
  const link = current
  current = null
  if (!link) return
  delete link.dataset.open
  if (link.dataset.title) link.title = link.dataset.title
  if (card.isConnected) card.remove()
}

/** Below the link, or above it where there is more room. */
function place(link) {
  const at = link.getClientRects()[0] ?? link.getBoundingClientRect()
  const { width, height } = card.getBoundingClientRect()
  const isBelow = at.bottom + GAP_PX + height <= innerHeight || at.top < innerHeight - at.bottom
  const top = isBelow ? at.bottom + GAP_PX : at.top - GAP_PX - height
  card.style.top = `${Math.max(GAP_PX, top)}px`
  card.style.left = `${Math.max(GAP_PX, Math.min(at.left, document.documentElement.clientWidth - width - GAP_PX))}px`
}

document.addEventListener('docsfy-card', ({ detail: { link, how } }) => {
  if (how === 'pointerover') later(() => link.matches(':hover') && open(link), OPEN_AFTER_MS)
  else if (how === 'click' || (link !== dismissed && link.matches(':focus-visible'))) void open(link)
})
document.addEventListener('pointerover', ({ target }) => {
  if (!current) return
  const isInside = card.contains(target) || target === current || current.contains(target)
  if (isInside) clearTimeout(timer)
  else if (!card.contains(document.activeElement) && document.activeElement !== current) later(close, CLOSE_AFTER_MS)
})
document.addEventListener('focusin', ({ target }) => {
  if (current && target !== current && !card.contains(target)) close()
})
document.addEventListener('pointerdown', ({ target }) => {
  if (current && !card.contains(target) && !current.contains(target)) close()
})
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !current) return
  event.preventDefault()
  dismissed = current
  if (card.contains(document.activeElement)) current.focus()
  close()
})
document.addEventListener('focusout', ({ target }) => {
  if (target === dismissed && document.activeElement !== target) dismissed = null
})
addEventListener('scroll', () => current && card.isConnected && place(current), { passive: true })
addEventListener('pagehide', close)
