/** Tables with fewer rows are taken in at a glance. */
const MIN_SORTED_ROWS = 6
const MIN_FILTERED_ROWS = 20
const order = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Adds a field that narrows a table to the rows with all its words. */
function addFilter(table, rows) {
  const tools = document.createElement('div')
  tools.className = 'table-tools'
  const input = document.createElement('input')
  input.type = 'search'
  input.placeholder = `Filter ${rows.length} rows`
  input.setAttribute('aria-label', 'Filter the table below')
  const state = document.createElement('span')
  state.setAttribute('role', 'status')
  const texts = rows.map((row) => row.textContent.toLowerCase())
  input.addEventListener('input', () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean)
    let shown = 0
    for (const [index, row] of rows.entries()) {
      row.hidden = !words.every((word) => texts[index].includes(word))
      if (!row.hidden) shown += 1
    }
    state.textContent = words.length ? `${shown} of ${rows.length}` : ''
  })
  tools.append(input, state)
  table.closest('.table-scroll').before(tools)
}

/** Makes the head of a column a button that sorts by it: up, down, then as written. */
function addSorting(table, rows, column) {
  const head = table.tHead.rows[0].cells[column]
  const button = document.createElement('button')
  button.type = 'button'
  button.append(...head.childNodes)
  head.append(button)
  const textOf = (row) => row.cells[column]?.textContent ?? ''
  button.addEventListener('click', () => {
    const next = { ascending: 'descending', descending: null }[head.getAttribute('aria-sort')]
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort')
    const direction = next === undefined ? 'ascending' : next
    if (direction) head.setAttribute('aria-sort', direction)
    const sign = direction === 'descending' ? -1 : 1
    const sorted = direction ? [...rows].sort((a, b) => sign * order.compare(textOf(a), textOf(b))) : rows
    table.tBodies[0].append(...sorted)
  })
}

for (const table of document.querySelectorAll('.prose table')) {
  const rows = [...table.tBodies[0].rows]
  // Cells that stand below each other are no table to a browser; its roles say that they still are one to a reader.
  if (table.matches('.stacked') && getComputedStyle(table.tBodies[0]).display === 'block') {
    table.setAttribute('role', 'table')
    for (const group of [table.tHead, table.tBodies[0]]) group.setAttribute('role', 'rowgroup')
    for (const row of table.rows) row.setAttribute('role', 'row')
    for (const cell of table.querySelectorAll('td')) cell.setAttribute('role', 'cell')
    for (const cell of table.tHead.rows[0].cells) cell.setAttribute('role', 'columnheader')
  }
  if (rows.length < MIN_SORTED_ROWS) continue
  if (rows.length >= MIN_FILTERED_ROWS) addFilter(table, rows)
  for (const column of table.tHead.rows[0].cells) addSorting(table, rows, column.cellIndex)
}
