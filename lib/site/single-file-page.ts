import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse, serialize } from 'parse5'

type Element = DefaultTreeAdapterTypes.Element
type Parent = DefaultTreeAdapterTypes.ParentNode

export interface PageParts {
  markup: string
  /** Paths in the site. */
  pictures: Set<string>
  citations: { source: string; lines: number[] }[]
}

interface Place {
  file: string
  /** Every page of the document. */
  files: Set<string>
}

const REFERENCES = new Set(['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'popovertarget'])
const MAX_LINES = 400

/**
 * The content of a page as a part of one document: ids begin with the name of the page, links to pages lead to their
 * parts, links to sources to the cited lines, and what leads to other files of the site is plain text.
 */
export function mainOf(page: string, { file, files }: Place): PageParts {
  const name = file.replace(/\.html$/, '')
  const parts: PageParts = { markup: '', pictures: new Set(), citations: [] }
  const main = find(parse(page), 'main')
  if (!main) return parts
  for (const element of elementsOf(main)) if (attribute(element, 'class') === 'heading') addPermalink(element)
  for (const element of [...elementsOf(main)]) {
    if (attribute(element, 'data-copy-page') !== null) detachFact(element)
    element.attrs = element.attrs.flatMap((attr) => {
      if (attr.name === 'id') return [{ ...attr, value: `${name}.${attr.value}` }]
      if (REFERENCES.has(attr.name)) return [{ ...attr, value: attr.value.replace(/\S+/g, (id) => `${name}.${id}`) }]
      if (attr.name === 'src') parts.pictures.add(attr.value)
      if (attr.name !== 'href') return [attr]
      const value = partHref(attr.value, { name, files, parts })
      return value === null ? [] : [{ ...attr, value }]
    })
  }
  const id = { name: 'id', value: name }
  const article = defaultTreeAdapter.createElement('section', main.namespaceURI, [id, { name: 'class', value: 'part' }])
  article.childNodes = main.childNodes
  main.childNodes = [article]
  parts.markup = `${serialize(main)}\n`
  return parts
}

/** What a script does in a site; see assets/permalinks.js. */
function addPermalink(heading: Element): void {
  const [named, ...rest] = heading.childNodes
  const id = named && 'attrs' in named ? attribute(named, 'id') : null
  if (id === null || rest.length > 0) return
  const attrs = Object.entries({ class: 'permalink', href: `#${encodeURIComponent(id)}`, 'aria-labelledby': id })
  const link = defaultTreeAdapter.createElement(
    'a',
    heading.namespaceURI,
    attrs.map(([name, value]) => ({ name, value })),
  )
  defaultTreeAdapter.insertText(link, '#')
  defaultTreeAdapter.appendChild(heading, link)
}

/** The file that a page is beside is no part of the document: what is said of it goes, name and all. */
function detachFact(element: Element): void {
  const place = element.parentNode
  const fact = place && 'tagName' in place ? place.parentNode : null
  if (fact && 'tagName' in fact && fact.tagName === 'div') defaultTreeAdapter.detachNode(fact)
}

/** Everything inside an element, in reading order. */
export function* elementsOf(parent: Parent): Generator<Element> {
  for (const child of parent.childNodes)
    if ('tagName' in child) {
      yield child
      yield* elementsOf(child)
    }
}

export function attribute(element: Element, name: string): string | null {
  return element.attrs.find((attr) => attr.name === name)?.value ?? null
}

/** The id of a line of a cited file in the document. */
export function lineId(source: string, line: number): string {
  return `${source.replace(/\.html$/, '')}.L${line}`
}

function find(parent: Parent, tagName: string): Element | null {
  for (const element of elementsOf(parent)) if (element.tagName === tagName) return element
  return null
}

interface Linking {
  name: string
  files: Set<string>
  parts: PageParts
}

function partHref(href: string, { name, files, parts }: Linking): string | null {
  if (/^(?:https?:|mailto:)/.test(href)) return href
  const [path = '', fragment = ''] = href.split('#')
  const file = decodeURIComponent(path)
  if (file === '') return `#${encodeURIComponent(name)}.${fragment}`
  if (files.has(file)) return `#${encodeURIComponent(file.replace(/\.html$/, ''))}${fragment ? `.${fragment}` : ''}`
  const [, from, to = from] = /^L(\d+)(?:-L(\d+))?$/.exec(fragment) ?? []
  if (!file.startsWith('source/') || from === undefined) return null
  const first = Number(from)
  const length = Math.min(Number(to) - first + 1, MAX_LINES)
  parts.citations.push({ source: file, lines: Array.from({ length: Math.max(1, length) }, (_, n) => first + n) })
  return `#${encodeURIComponent(lineId(file, first))}`
}
