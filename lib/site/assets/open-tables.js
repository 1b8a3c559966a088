import { loadOwn } from './load-script.js'

/** Tables with fewer rows are taken in at a glance. */
const MIN_SORTED_ROWS = 6
const MIN_FILTERED_ROWS = 20

/** What sorts and narrows tables is loaded when it is first asked for; without it they stay as they are. */
function asked(type, element) {
  element.addEventListener(type, async () => {
    await loadOwn('sort-tables.js').catch(() => undefined)
    document.dispatchEvent(new CustomEvent('docsfy-table', { detail: element }))
  })
}

/** Adds a field that narrows a table to the rows with all its words. */
function addFilter(table, count) {
  const tools = document.createElement('div')
  tools.className = 'table-tools'
  const input = document.createElement('input')
  input.type = 'search'
  input.placeholder = `Filter ${count} rows`
  input.setAttribute('aria-label', 'Filter the table below')
  const state = document.createElement('span')
  state.setAttribute('role', 'status')
  asked('input', input)
  tools.append(input, state)
  table.closest('.table-scroll').before(tools)
}

for (const table of document.querySelectorAll('.prose table')) {
  const [heads, rows] = [table.tHead.rows[0].cells, table.tBodies[0].rows]
  // Cells that stand below each other are no table to a browser; its roles say that they still are one to a reader.
  if (table.matches('.stacked') && getComputedStyle(table.tBodies[0]).display === 'block') {
    table.setAttribute('role', 'table')
    for (const group of [table.tHead, table.tBodies[0]]) group.setAttribute('role', 'rowgroup')
    for (const row of table.rows) row.setAttribute('role', 'row')
    for (const cell of table.querySelectorAll('td')) cell.setAttribute('role', 'cell')
    for (const cell of heads) cell.setAttribute('role', 'columnheader')
  }
  if (rows.length < MIN_SORTED_ROWS) continue
  if (rows.length >= MIN_FILTERED_ROWS) addFilter(table, rows.length)
  // The head of a column is a button that sorts by it.
  for (const head of heads) {
    const button = document.createElement('button')
    button.type = 'button'
    button.append(...head.childNodes)
    head.append(button)
    asked('click', button)
  }
}
