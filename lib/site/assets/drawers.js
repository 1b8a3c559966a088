/** The contents list of a narrow screen closes when a place in the same page is chosen. */
for (const drawer of document.querySelectorAll('.toc, .tree')) {
  drawer.addEventListener('click', (event) => {
    if (event.target.closest?.('a') && drawer.matches(':popover-open')) drawer.hidePopover()
  })
}

/** The tree of a wide screen shows the current page without moving the page itself. */
const tree = document.querySelector('.tree')
const current = tree?.querySelector('[aria-current]')
if (current) tree.scrollTop = current.offsetTop - tree.clientHeight / 2
