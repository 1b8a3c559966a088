/** An XML element that knows its lines. */
export interface XmlNode {
  name: string
  attributes: Map<string, string>
  /** Text directly inside, trimmed. */
  text: string
  children: XmlNode[]
  start: number
  end: number
}

const MAX_CHARS = 1_000_000
const MAX_DEPTH = 100
const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)|<[?!][^>]*>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g
const ENTITIES = new Map(Object.entries({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }))

/** Parses XML as build files use it; elements left open end where their parent does. Null when there is no element. */
export function parseXmlLines(text: string): XmlNode | null {
  if (text.length > MAX_CHARS) return null
  const root = element('', new Map(), 1)
  const open = [root]
  let line = 1
  let at = 0
  const moveTo = (index: number) => {
    for (; at < index; at += 1) if (text.charCodeAt(at) === 10) line += 1
  }
  for (const match of text.matchAll(TOKEN)) {
    const [whole, data, closed, opened, attributes, selfClosing] = match
    const parent = open.at(-1) ?? root
    parent.text += decoded(text.slice(at, match.index)) + (data ?? '')
    moveTo(match.index)
    if (opened !== undefined && open.length < MAX_DEPTH) {
      const child = element(opened.replace(/^.*:/, ''), attributesOf(attributes ?? ''), line)
      parent.children.push(child)
      if (selfClosing !== '/') open.push(child)
    }
    moveTo(match.index + whole.length)
    if (closed !== undefined) close(open, closed.replace(/^.*:/, ''), line)
  }
  return root.children[0] ?? null
}

/** The element at a path of names; undefined when there is none. */
export function xmlAt(node: XmlNode | null | undefined, ...names: string[]): XmlNode | undefined {
  let current = node ?? undefined
  for (const name of names) current = current?.children.find((child) => child.name === name)
  return current
}

export function xmlText(node: XmlNode | null | undefined, ...names: string[]): string | null {
  return (
    xmlAt(node, ...names)
      ?.text.trim()
      .replace(/\s+/g, ' ') || null
  )
}

function element(name: string, attributes: Map<string, string>, line: number): XmlNode {
  return { name, attributes, text: '', children: [], start: line, end: line }
}

function close(open: XmlNode[], name: string, line: number): void {
  const index = open.findLastIndex((node) => node.name === name)
  if (index < 1) return
  for (const node of open.splice(index)) node.end = line
}

function attributesOf(text: string): Map<string, string> {
  const pairs = text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)
  return new Map(Array.from(pairs, ([, name, double, single]) => [name ?? '', decoded(double ?? single ?? '')]))
}

function decoded(text: string): string {
  return text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES.get(name) ?? whole)
}
