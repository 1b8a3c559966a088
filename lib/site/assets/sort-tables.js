const order = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
/** Rows of each table as they are written. */
const written = new Map()

function rowsOf(table) {
  if (!written.has(table)) written.set(table, [...table.tBodies[0].rows])
  return written.get(table)
}

/** Leaves the rows with all words of a field, and says how many those are. */
function narrow(input) {
  const rows = rowsOf(input.parentElement.nextElementSibling.querySelector('table'))
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean)
  let shown = 0
  for (const row of rows) {
    const text = row.textContent.toLowerCase()
    row.hidden = !words.every((word) => text.includes(word))
    if (!row.hidden) shown += 1
  }
  input.nextElementSibling.textContent = words.length ? `${shown} of ${rows.length}` : ''
}

/** Sorts by the column of a head: up, down, then as written. */
function sort(head) {
  const table = head.closest('table')
  const rows = rowsOf(table)
  const textOf = (row) => row.cells[head.cellIndex]?.textContent ?? ''
  const next = { ascending: 'descending', descending: null }[head.getAttribute('aria-sort')]
  for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort')
  const direction = next === undefined ? 'ascending' : next
  if (direction) head.setAttribute('aria-sort', direction)
  const sign = direction === 'descending' ? -1 : 1
  const sorted = direction ? [...rows].sort((a, b) => sign * order.compare(textOf(a), textOf(b))) : rows
  table.tBodies[0].append(...sorted)
}

document.addEventListener('docsfy-table', ({ detail }) => {
  if (detail.matches('input')) narrow(detail)
  else sort(detail.closest('th'))
})
