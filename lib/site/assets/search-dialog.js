import { findSections } from './search-engine.js'
import { addressOf, indexFile } from './search-files.js'
import { openIndex } from './search-index.js'
import { list, options, showBeginning, showRows } from './search-results.js'

const SHOWN_AT_ONCE = 10

const dialog = document.createElement('dialog')
dialog.className = 'search'
dialog.setAttribute('aria-label', 'Search')
const input = document.createElement('input')
const fields = {
  type: 'text',
  enterkeyhint: 'go',
  role: 'combobox',
  placeholder: 'Search pages and names',
  'aria-label': 'Search the documentation',
  'aria-expanded': 'false',
  'aria-controls': 'docsfy.results',
  'aria-autocomplete': 'list',
  autocomplete: 'off',
  autocapitalize: 'off',
  spellcheck: 'false',
}
for (const [name, value] of Object.entries(fields)) input.setAttribute(name, value)
const closing = button('search-close', 'Close')
const help = document.createElement('div')
help.className = 'search-help'
const more = button('search-more', 'Show more results')
const state = document.createElement('p')
state.className = 'search-state'
state.setAttribute('role', 'status')
const keys = document.createElement('p')
keys.className = 'search-keys'
keys.textContent = '↑ ↓ choose · Enter opens · Esc closes'
const head = document.createElement('div')
head.className = 'search-head'
head.append(input, closing)
const foot = document.createElement('div')
foot.className = 'search-foot'
foot.append(state, keys)
dialog.append(head, list, help, more, foot)
document.body.append(dialog)

let index = null
/** Counts what was asked, so that an answer that comes late is not shown over a newer one. */
let turn = 0
/** Keys wait for it, so that Enter right after the last letter opens what was typed. */
let pending = Promise.resolve()
let found = { sections: [], terms: [], isPartial: false }
let shown = 0
let selected = 0

async function answer() {
  const query = input.value.trim()
  turn += 1
  const own = turn
  try {
    index ??= await openIndex(indexFile)
    found = { sections: [], terms: [], isPartial: false }
    if (own !== turn) return
    if (!query) return begin()
    const next = await findSections(index, input.value)
    if (own !== turn) return
    const rows = await rowsOf(next.sections.slice(0, SHOWN_AT_ONCE))
    if (own !== turn) return
    found = next
    showRows(rows, { index, terms: found.terms, isMore: false })
    settle({ query, count: rows.length })
  } catch {
    if (own !== turn) return
    index = null
    list.replaceChildren()
    settle({ query, count: 0 })
    help.replaceChildren()
    state.textContent = 'The search index could not be loaded. Reload the page to try again.'
  }
}

function begin() {
  showBeginning(index)
  settle({ query: '', count: 0 })
}

function rowsOf(sections) {
  return Promise.all(sections.map(async (section) => ({ section, ...(await index.rowOf(section)) })))
}

async function showMore() {
  const own = turn
  const from = shown
  const rows = await rowsOf(found.sections.slice(from, from + SHOWN_AT_ONCE))
  if (own !== turn || from !== shown || rows.length === 0) return
  showRows(rows, { index, terms: found.terms, isMore: true })
  settle({ query: input.value.trim(), count: from + rows.length, at: from })
}

/** Brings everything around the list in line with it. `data-answered` says which query it answers. */
function settle({ query, count, at = 0 }) {
  shown = count
  more.hidden = count >= found.sections.length
  help.replaceChildren(...helpFor(query, count))
  state.textContent = query ? stateOf(query, count) : ''
  input.setAttribute('aria-expanded', String(options().length > 0))
  dialog.dataset.answered = query
  select(at)
}

function stateOf(query, count) {
  const total = found.sections.length
  if (count === 0) return `No results for “${query}”`
  const number = total === 1 ? '1 result' : `${total >= 50 ? 'The best 50' : total} results`
  return found.isPartial ? `${number}, none with all of the words` : number
}

function helpFor(query, count) {
  if (!query || count > 0) return []
  const text = document.createElement('p')
  text.textContent =
    'Try fewer words, another word for the same thing, or the beginning of a name. Spelling mistakes and parts of names are understood.'
  const all = document.createElement('a')
  all.href = addressOf('index', '')
  all.textContent = 'See all pages'
  return [text, all]
}

function select(wanted) {
  const links = options()
  selected = Math.max(0, Math.min(wanted, links.length - 1))
  for (const [number, link] of links.entries()) link.setAttribute('aria-selected', String(number === selected))
  const current = links[selected]
  if (current) input.setAttribute('aria-activedescendant', current.id)
  else input.removeAttribute('aria-activedescendant')
  // With the next picture: at once, the page would be laid out once more.
  if (current) requestAnimationFrame(() => current.scrollIntoView({ block: 'nearest' }))
}

function button(className, text) {
  const element = document.createElement('button')
  element.type = 'button'
  element.className = className
  element.textContent = text
  return element
}

const KEYS = {
  ArrowDown: () => (selected + 1 < options().length ? select(selected + 1) : showMore()),
  ArrowUp: () => select(selected - 1),
  Enter: () => options()[selected]?.click(),
}

input.addEventListener('input', () => {
  pending = answer()
})
input.addEventListener('keydown', (event) => {
  const act = KEYS[event.key]
  if (!act || event.isComposing) return
  event.preventDefault()
  void pending.then(act)
})
more.addEventListener('click', showMore)
closing.addEventListener('click', () => dialog.close())
dialog.addEventListener('click', (event) => {
  if (event.target === dialog || event.target.closest('a')) dialog.close()
})
document.addEventListener('docsfy-search', ({ detail }) => {
  if (detail) input.value = detail
  if (!dialog.open) dialog.showModal()
  input.select()
  pending = answer()
})
