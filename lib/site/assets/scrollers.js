/** Boxes that scroll sideways can be reached and scrolled with the keyboard; the others are no stop on the way. */
for (const box of document.querySelectorAll('.prose pre, .table-scroll')) {
  if (box.scrollWidth <= box.clientWidth) continue
  box.tabIndex = 0
  box.setAttribute('role', 'group')
  box.setAttribute('aria-label', box.matches('pre') ? 'Code' : 'Table')
}
