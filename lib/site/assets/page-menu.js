import { readerLinks } from './reader-links.js'

function item(tag, text, attributes) {
  const made = document.createElement(tag)
  made.textContent = text
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}

/** Links that ask others to read the page: only where the site says its address, since nobody else could reach it. */
function readers(raw) {
  const canonical = document.querySelector('link[rel=canonical]')?.href
  if (!canonical) return []
  return readerLinks(raw, canonical).map(([text, href]) => item('a', text, { href, rel: 'noreferrer' }))
}

/** What can be done with the text of a page, as a menu at its head; the foot of the page has the same without scripts. */
const foot = document.querySelector('.page-foot [data-copy-page]')
if (foot) {
  const raw = foot.dataset.copyPage
  const menu = document.createElement('details')
  menu.className = 'page-menu'
  const list = document.createElement('div')
  list.append(
    item('button', 'Copy as Markdown', { type: 'button', 'data-copy-page': raw }),
    item('a', 'View as Markdown', { href: raw }),
    ...readers(raw),
  )
  menu.append(item('summary', 'Use this page', {}), list)
  document.querySelector('.page-head')?.append(menu)
  addEventListener('click', ({ target }) => {
    if (!menu.contains(target)) menu.open = false
  })
  menu.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !menu.open) return
    menu.open = false
    menu.querySelector('summary').focus()
  })
}
