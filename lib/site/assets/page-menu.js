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

/** What is done with the text of a page; a page opened from disk may not read the file beside it. */
function uses(raw) {
  const copy = item('button', 'Copy as Markdown', { type: 'button', 'data-copy-page': raw })
  const view = item('a', 'View as Markdown', { href: raw })
  return location.protocol === 'file:' ? [view, ...readers(raw)] : [copy, view, ...readers(raw)]
}

/** A menu that opens below its name, and closes with a click elsewhere or Escape. */
function menuOf(items) {
  const menu = document.createElement('details')
  const list = document.createElement('div')
  list.append(...items)
  menu.append(item('summary', 'Use this page', {}), list)
  addEventListener('click', ({ target }) => {
    if (!menu.contains(target)) menu.open = false
  })
  menu.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !menu.open) return
    menu.open = false
    menu.querySelector('summary').focus()
  })
  return menu
}

/** The uses of a page at its head, as a menu where there are several; its foot has the same without scripts. */
const foot = document.querySelector('.page-foot [data-copy-page]')
if (foot) {
  const items = uses(foot.dataset.copyPage)
  const shown = items.length > 1 ? menuOf(items) : items[0]
  shown.className = 'page-menu'
  document.querySelector('.page-head')?.append(shown)
}
