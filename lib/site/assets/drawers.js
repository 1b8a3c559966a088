/** The contents list of a narrow screen closes when a place in the same page is chosen. */
for (const drawer of document.querySelectorAll('.toc, .tree')) {
  drawer.addEventListener('click', (event) => {
    if (event.target.closest?.('a') && drawer.matches(':popover-open')) drawer.hidePopover()
  })
}

/** Shows where the reader is in a list, in the middle of it unless it is in sight, without moving the page itself. */
function showCurrent(list) {
  const current = list.querySelector('[aria-current]')
  if (!current) return
  const top = current.offsetTop - list.scrollTop
  if (top < 0 || top > list.clientHeight - 2 * current.offsetHeight)
    list.scrollTop = current.offsetTop - list.clientHeight / 2
}

/** The tree of the next page stands as the reader leaves that of this one. */
function keepPlace(tree) {
  try {
    tree.scrollTop = Number(sessionStorage.getItem('docsfy-tree-place'))
    addEventListener('pagehide', () => sessionStorage.setItem('docsfy-tree-place', tree.scrollTop))
  } catch {
    // Storage can be forbidden; every tree then begins at its page.
  }
}

for (const list of document.querySelectorAll('.tree, .toc')) {
  if (list.matches('.tree')) keepPlace(list)
  showCurrent(list)
  list.addEventListener('toggle', () => showCurrent(list))
}
