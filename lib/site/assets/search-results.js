import { addressOf } from './search-files.js'
import { appendMarked, excerpt, marker } from './search-marks.js'
import { recentResults, rememberResult } from './search-recent.js'

export const list = document.createElement('div')
list.id = 'docsfy.results'
list.className = 'search-results'
list.setAttribute('role', 'listbox')
list.setAttribute('aria-label', 'Results')

/** Texts are files of their own: they are loaded for results that are seen and stand for longer than a key takes. */
const TEXT_DELAY_MS = 80
/** Leaves connections to what the next answer needs. */
const TEXTS_AT_ONCE = 3
const wanted = []
/** What a result needs to show its text. */
const texts = new WeakMap()
let loading = 0
let delay = 0

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue
    seen.unobserve(target)
    wanted.push(target)
  }
  clearTimeout(delay)
  delay = setTimeout(showTexts, TEXT_DELAY_MS)
})

function showTexts() {
  while (loading < TEXTS_AT_ONCE && wanted.length) {
    const link = wanted.shift()
    if (!link.isConnected) continue
    loading += 1
    void showText(link).finally(() => {
      loading -= 1
      showTexts()
    })
  }
}

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
  const find = marker(terms)
  const links = rows.map((row) => {
    const where = row.heading ? `${row.group} / ${row.title}` : row.group
    const link = optionOf({ file: row.file, id: row.id, name: row.heading || row.title, where }, find)
    const line = document.createElement('span')
    line.className = 'search-text'
    link.append(line)
    texts.set(link, { line, find, read: () => index.textOf(row.section) })
    return link
  })
  if (isMore) list.append(...links)
  else list.replaceChildren(...links)
  numberOptions()
  for (const link of links) seen.observe(link)
}

async function showText(link) {
  const { line, find, read } = texts.get(link)
  const text = await read().catch(() => '')
  appendMarked(line, excerpt(text, find), find)
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
  group.append(label, ...places.map((place) => optionOf(place, () => [])))
  return group
}

function optionOf(place, find) {
  const link = document.createElement('a')
  link.href = addressOf(place.file, place.id)
  link.setAttribute('role', 'option')
  link.tabIndex = -1
  const name = document.createElement('b')
  appendMarked(name, place.name, find)
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
