const groups = [...document.querySelectorAll('.tree details')]
const closedKey = 'docsfy-closed-groups'

/** Names of the groups a reader has closed, on all sites of this origin. */
function closedNames() {
  try {
    return new Set(JSON.parse(localStorage.getItem(closedKey) ?? '[]'))
  } catch {
    return new Set()
  }
}

/** Groups stay as the reader left them; the one of the current page is always open. */
const closed = closedNames()
for (const group of groups) {
  const name = group.querySelector('summary').textContent
  if (closed.has(name) && !group.querySelector('[aria-current]')) group.open = false
  group.addEventListener('toggle', () => {
    const names = closedNames()
    if (group.open) names.delete(name)
    else names.add(name)
    try {
      localStorage.setItem(closedKey, JSON.stringify([...names].slice(-200)))
    } catch {
      // Storage can be forbidden; the groups then stay as they are on this page.
    }
  })
}
