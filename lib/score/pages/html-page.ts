import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { type Block, type DocPage, type Inline, plainText } from './page.ts'

type Parsed = Pick<DocPage, 'type' | 'blocks' | 'navigation'> & { anchors: Set<string> }
type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

const UNREAD = new Set(['script', 'style', 'template', 'svg', 'noscript', 'button', 'select', 'head', 'iframe'])
const MENUS = new Set(['nav', 'header', 'footer', 'aside', 'form', 'dialog'])
const BLOCKS = new Set(
  'p li dt dd h1 h2 h3 h4 h5 h6 pre table tr ul ol dl div section article main blockquote details summary figure body hr form'.split(
    ' ',
  ),
)

interface Reader {
  blocks: Block[]
  anchors: Set<string>
}

/** Reads a built HTML page: the text of its main part; the links of its menus as navigation. */
export function htmlPage(text: string): Parsed {
  const elements = elementsOf(parse(text, { sourceCodeLocationInfo: true }).childNodes)
  const body = elements.find(({ tagName }) => tagName === 'body')
  const root =
    elements.find(({ tagName }) => tagName === 'main') ??
    elements.find((element) => attribute(element, 'role') === 'main') ??
    elements.find(({ tagName }) => tagName === 'article') ??
    body
  const reader: Reader = { blocks: [], anchors: new Set() }
  for (const element of elements)
    for (const id of [attribute(element, 'id'), attribute(element, 'name')]) if (id) reader.anchors.add(id)
  if (root) readChildren(root, reader)
  const navigation = elements
    .filter((element) => element.tagName === 'a')
    .map((element) => linkOf(element))
    .filter((link) => link !== null)
  return { type: null, ...reader, navigation }
}

function elementsOf(nodes: Node[]): Element[] {
  const found: Element[] = []
  const waiting = [...nodes].reverse()
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!('tagName' in node)) continue
    found.push(node)
    for (let index = node.childNodes.length - 1; index >= 0; index -= 1) {
      const child = node.childNodes[index]
      if (child) waiting.push(child)
    }
  }
  return found
}

/** Runs of inline content become paragraphs; block elements are read by their kind. */
function readChildren(element: Element, reader: Reader, kind: 'paragraph' | 'item' = 'paragraph'): void {
  let run: Node[] = []
  const flush = () => {
    const inlines = run.flatMap((node) => inlinesOfNode(node))
    if (inlines.some(({ kind: each, text, href }) => each !== 'text' || text.trim() !== '' || href !== null))
      reader.blocks.push({ kind, line: lineOf(run.find((node) => 'tagName' in node) ?? element), level: 0, inlines })
    run = []
  }
  for (const child of element.childNodes) {
    if ('tagName' in child && hasBlock(child)) {
      flush()
      readBlock(child, reader)
    } else if (!('tagName' in child) || !UNREAD.has(child.tagName)) run.push(child)
  }
  flush()
}

function hasBlock(element: Element): boolean {
  if (BLOCKS.has(element.tagName) || MENUS.has(element.tagName)) return true
  return element.childNodes.some((child) => 'tagName' in child && hasBlock(child))
}

function readBlock(element: Element, reader: Reader): void {
  const { tagName } = element
  if (UNREAD.has(tagName) || (MENUS.has(tagName) && tagName !== 'header')) return
  const level = /^h([1-6])$/.exec(tagName)?.[1]
  if (level) {
    const inlines = inlinesWithin(element).filter(({ kind, text }) => kind !== 'link' || !/^[#¶§🔗\s]*$/u.test(text))
    reader.blocks.push({ kind: 'heading', line: lineOf(element), level: Number(level), inlines })
  } else if (tagName === 'pre' || isDiagram(element)) readPre(element, reader)
  else if (tagName === 'table') readTable(element, reader)
  else readChildren(element, reader, tagName === 'li' || tagName === 'dd' ? 'item' : 'paragraph')
}

function isDiagram(element: Element): boolean {
  return /(?:^|\s)mermaid(?:\s|$)/.test(attribute(element, 'class') ?? '')
}

function readPre(element: Element, { blocks }: Reader): void {
  const classes = elementsOf([element])
    .slice(0, 3)
    .map((each) => attribute(each, 'class') ?? '')
    .join(' ')
  const language = isDiagram(element) ? 'mermaid' : (/(?:language|lang|highlight)-([\w+#-]+)/.exec(classes)?.[1] ?? '')
  const code = textOf(element).replace(/^\n/, '').trimEnd()
  blocks.push({ kind: 'fence', line: lineOf(element), language: language.toLowerCase(), code })
}

function readTable(table: Element, { blocks }: Reader): void {
  const rows = elementsOf(table.childNodes).filter(({ tagName }) => tagName === 'tr')
  const cellsOf = (row: Element) =>
    row.childNodes.filter((node): node is Element => 'tagName' in node && /^t[hd]$/.test(node.tagName))
  const [first] = rows
  const isHeader = first ? cellsOf(first).every(({ tagName }) => tagName === 'th') : false
  const header = first && isHeader ? cellsOf(first).map((cell) => plainText(inlinesWithin(cell)).trim()) : []
  for (const row of isHeader ? rows.slice(1) : rows) {
    const cells = cellsOf(row).map((cell) => inlinesWithin(cell))
    const inlines = cells.flatMap((cell) => [...cell, text(' ', lineOf(row))])
    blocks.push({ kind: 'row', line: lineOf(row), header, cells, inlines })
  }
}

function inlinesWithin(element: Element): Inline[] {
  return element.childNodes.flatMap((node) => inlinesOfNode(node))
}

function inlinesOfNode(node: Node): Inline[] {
  if (node.nodeName === '#text' && 'value' in node) return [text(node.value.replace(/\s+/g, ' '), lineOf(node))]
  if (!('tagName' in node) || UNREAD.has(node.tagName)) return []
  const link = node.tagName === 'a' ? linkOf(node) : null
  if (link) return [link]
  if (node.tagName === 'br') return [text(' ', lineOf(node))]
  if (node.tagName === 'img') {
    const href = attribute(node, 'src')
    return [{ kind: 'image', text: attribute(node, 'alt') ?? '', href, isCode: false, line: lineOf(node) }]
  }
  if (/^(?:code|tt|kbd|samp)$/.test(node.tagName)) {
    const inside = inlinesWithin(node)
    if (!inside.some(({ kind }) => kind === 'link'))
      return [{ kind: 'code', text: textOf(node).trim(), href: null, isCode: true, line: lineOf(node) }]
  }
  return inlinesWithin(node)
}

function linkOf(element: Element): Inline | null {
  const href = attribute(element, 'href')
  if (href === null) return null
  const inside = element.childNodes.filter((node) => !('value' in node) || node.value.trim() !== '')
  const isCode = inside.length === 1 && inside[0]?.nodeName === 'code'
  return { kind: 'link', text: textOf(element).replace(/\s+/g, ' ').trim(), href, isCode, line: lineOf(element) }
}

function text(value: string, line: number): Inline {
  return { kind: 'text', text: value, href: null, isCode: false, line }
}

function textOf(node: Node): string {
  if ('value' in node) return node.value
  if (!('tagName' in node)) return ''
  if (UNREAD.has(node.tagName)) return ''
  if (node.tagName === 'br') return '\n'
  return node.childNodes.map(textOf).join('')
}

function attribute(element: Element, name: string): string | null {
  return element.attrs.find((each) => each.name === name)?.value ?? null
}

function lineOf(node: Node | Element): number {
  return node.sourceCodeLocation?.startLine ?? 1
}
