import { addressOf } from './search-files.js'
import { appendMarked, excerpt } from './search-marks.js'
import { recentResults, rememberResult } from './search-recent.js'

export const list = document.createElement('div')
list.id = 'docsfy.results'
list.className = 'search-results'
list.setAttribute('role', 'listbox')
list.setAttribute('aria-label', 'Results')

/** Texts are loaded for results that are seen, because each is a file of its own. */
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue
    seen.unobserve(target)
    target.dispatchEvent(new CustomEvent('seen'))
  }
})

export function options() {
  return [...list.querySelectorAll('[role=option]')]
}

/** What is offered before anything is typed: what was opened last, and where the documentation begins. */
export function showBeginning({ start }) {
  const recent = recentResults()
  const pages = start.map(([file, title, group]) => ({ file, id: '', name: title, where: group }))
  const groups = [
    ['Opened last', recent],
    ['Begin with', pages],
  ].filter(([, places]) => places.length)
  list.replaceChildren(...groups.map(([name, places]) => groupOf(name, places)))
  numberOptions()
}

/** Shows rows of the index; with `isMore` below those that are there. */
export function showRows(rows, { index, terms, isMore }) {
  const links = rows.map((row) => {
    const where = row.heading ? `${row.group} / ${row.title}` : row.group
    const link = optionOf({ file: row.file, id: row.id, name: row.heading || row.title, where }, terms)
    const line = document.createElement('span')
    line.className = 'search-text'
    link.append(line)
    link.addEventListener('seen', () => showText(line, { index, row, terms }), { once: true })
    return link
  })
  if (isMore) list.append(...links)
  else list.replaceChildren(...links)
  numberOptions()
  for (const link of links) seen.observe(link)
}

async function showText(line, { index, row, terms }) {
  const text = await index.textOf(row.section).catch(() => '')
  appendMarked(line, excerpt(text, terms), terms)
  line.dataset.loaded = ''
}

function groupOf(name, places) {
  const group = document.createElement('div')
  group.setAttribute('role', 'group')
  group.setAttribute('aria-label', name)
  const label = document.createElement('span')
  label.className = 'search-group'
  label.setAttribute('aria-hidden', 'true')
  label.textContent = name
  group.append(label, ...places.map((place) => optionOf(place, [])))
  return group
}

function optionOf(place, terms) {
  const link = document.createElement('a')
  link.href = addressOf(place.file, place.id)
  link.setAttribute('role', 'option')
  link.tabIndex = -1
  const name = document.createElement('b')
  appendMarked(name, place.name, terms)
  const where = document.createElement('span')
  where.className = 'search-where'
  where.textContent = place.where
  link.append(name, ' ', where)
  link.addEventListener('click', () => rememberResult(place))
  return link
}

function numberOptions() {
  for (const [number, option] of options().entries()) option.id = `docsfy.result-${number}`
}
