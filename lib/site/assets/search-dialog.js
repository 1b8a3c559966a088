import { createEngine } from './search-engine.js'
import { appendMarked, excerpt } from './search-marks.js'

const own = document.currentScript.src
const root = new URL('..', own)
let search = null
let selected = 0

const dialog = document.createElement('dialog')
dialog.className = 'search'
dialog.setAttribute('aria-label', 'Search')
const input = document.createElement('input')
const fields = {
  type: 'text',
  enterkeyhint: 'go',
  role: 'combobox',
  placeholder: 'Search pages, headings, names',
  'aria-label': 'Search the documentation',
  'aria-expanded': 'true',
  'aria-controls': 'docsfy.results',
  'aria-autocomplete': 'list',
  autocomplete: 'off',
  spellcheck: 'false',
}
for (const [name, value] of Object.entries(fields)) input.setAttribute(name, value)
const list = document.createElement('div')
list.id = 'docsfy.results'
list.className = 'search-results'
list.setAttribute('role', 'listbox')
list.setAttribute('aria-label', 'Results')
const state = document.createElement('p')
state.className = 'search-state'
state.setAttribute('role', 'status')
dialog.append(input, list, state)
document.body.append(dialog)

function loadIndex() {
  state.textContent = 'Loading the index …'
  const script = document.createElement('script')
  script.src = new URL(`search/index.js${new URL(own).search}`, root).href
  script.addEventListener('load', () => {
    search = createEngine(window.MiniSearch, window.docsfySearchIndex)
    showResults()
  })
  script.addEventListener('error', () => {
    script.remove()
    state.textContent = 'The search index could not be loaded. Reload the page to try again.'
  })
  document.head.append(script)
}

function showResults() {
  const query = input.value.trim()
  const results = search && query ? search(query) : []
  list.replaceChildren(...results.map(resultLink))
  select(0)
  if (!search) return
  const count = results.length === 1 ? '1 result' : `${results.length} results`
  state.textContent = query ? `${count} · ↑ ↓ to choose, Enter to open` : 'Type to search; Esc closes'
}

function resultLink({ page: [file, title, group], id, heading, text, terms }, index) {
  const link = document.createElement('a')
  const url = new URL(`${encodeURIComponent(file)}.html`, root)
  link.href = id ? `${url.href}#${encodeURIComponent(id)}` : url.href
  link.id = `docsfy.result-${index}`
  link.setAttribute('role', 'option')
  link.tabIndex = -1
  const name = document.createElement('b')
  appendMarked(name, heading || title, terms)
  const where = document.createElement('span')
  where.className = 'search-where'
  where.textContent = heading ? `  ${group} / ${title}` : `  ${group}`
  const line = document.createElement('span')
  line.className = 'search-text'
  appendMarked(line, excerpt(text, terms), terms)
  link.append(name, where, line)
  return link
}

function select(index) {
  const links = [...list.children]
  selected = Math.max(0, Math.min(index, links.length - 1))
  for (const [number, link] of links.entries()) link.setAttribute('aria-selected', String(number === selected))
  const current = links[selected]
  if (current) input.setAttribute('aria-activedescendant', current.id)
  else input.removeAttribute('aria-activedescendant')
  current?.scrollIntoView({ block: 'nearest' })
}

const KEYS = {
  ArrowDown: () => select(selected + 1),
  ArrowUp: () => select(selected - 1),
  Enter: () => list.children[selected]?.click(),
}

input.addEventListener('input', showResults)
input.addEventListener('keydown', (event) => {
  const act = KEYS[event.key]
  if (!act || event.isComposing) return
  event.preventDefault()
  act()
})
dialog.addEventListener('click', (event) => {
  if (event.target === dialog || event.target.closest('a')) dialog.close()
})
document.addEventListener('docsfy-search', () => {
  if (dialog.open) return
  dialog.showModal()
  input.select()
  if (!search) loadIndex()
})
