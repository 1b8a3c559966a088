/** The contents list of a narrow screen closes when a place in the same page is chosen. */
for (const drawer of document.querySelectorAll('.toc, .tree')) {
  drawer.addEventListener('click', (event) => {
    if (event.target.closest?.('a') && drawer.matches(':popover-open')) drawer.hidePopover()
  })
}

/** Shows where the reader is in a list, in the middle of it, without moving the page itself. */
function showCurrent(list) {
  const current = list.querySelector('[aria-current]')
  if (current) list.scrollTop = current.offsetTop - list.clientHeight / 2
}

for (const list of document.querySelectorAll('.tree, .toc')) {
  showCurrent(list)
  list.addEventListener('toggle', () => showCurrent(list))
}
