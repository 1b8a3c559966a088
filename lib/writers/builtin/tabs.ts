import { fenceAfter } from '#lib/domain/code-fence.ts'

/** A stretch of Markdown, or alternatives of which a reader needs one. */
export type Piece = { kind: 'text'; text: string } | { kind: 'tabs'; tabs: Tab[] }

export interface Tab {
  label: string
  text: string
}

type Read = { tabs: Tab[]; end: number } | null

const LONGEST_LABEL = 60
/** Some way to write tabs is in the text; most texts have none. */
const ANY = /^(?:<(?:Tabs|CodeGroup)\b|===[!+]? +"|:{3,} *code-group|<!-- *DOCUSAURUS_CODE_TABS)/m

/** The end of what the line opens as a group of tabs; null when it opens none. */
export function tabsClosing(line: string): string | null {
  const component = /^<(Tabs|CodeGroup)\b[^>]*>\s*$/.exec(line)?.[1]
  if (component) return `</${component}>`
  return /^<!-- *DOCUSAURUS_CODE_TABS *-->/.test(line) ? '<!--END_DOCUSAURUS_CODE_TABS-->' : null
}

/**
 * Text and tabs in their order. Tabs are read as Docusaurus, Starlight and Mintlify (`<Tabs>`, `<CodeGroup>`), VitePress
 * (`::: code-group`) and MkDocs (`=== "Label"`) write them, at the beginning of a line and outside of code.
 */
export function piecesOf(text: string): Piece[] {
  if (!ANY.test(text)) return [{ kind: 'text', text }]
  const lines = text.split('\n')
  const pieces: Piece[] = []
  let own: string[] = []
  let fence: string | null = null
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const found: Read = fence === null ? readTabs(lines, at) : null
    if (found) {
      pieces.push({ kind: 'text', text: own.join('\n') }, { kind: 'tabs', tabs: found.tabs })
      own = []
      at = found.end - 1
      continue
    }
    fence = fenceAfter(line, fence)
    own.push(line)
  }
  return [...pieces, { kind: 'text', text: own.join('\n') }]
}

function readTabs(lines: string[], at: number): Read {
  const line = lines[at] ?? ''
  if (/^=== *[!+]? *"/.test(line)) return readIndented(lines, at)
  if (/^:{3,} *code-group\b/.test(line)) return readGroup(lines, at, /^:{3,}\s*$/)
  const closing = tabsClosing(line)
  if (!closing) return null
  if (closing === '</CodeGroup>') return readGroup(lines, at, /^<\/CodeGroup>\s*$/)
  return readLabelled(lines, at, closing)
}

/** Blocks of code, each named behind its language: `[npm]` or one word. */
function readGroup(lines: string[], at: number, closing: RegExp): Read {
  const end = closingLine(lines, at + 1, (line) => closing.test(line))
  if (end < 0) return null
  const tabs: Tab[] = []
  let fence: string | null = null
  for (const line of lines.slice(at + 1, end)) {
    const next = fenceAfter(line, fence)
    const opens = fence === null && next !== null
    if (opens) tabs.push({ label: labelOfFence(line), text: line.replace(/^(\s*[`~]+\s*[\w+#-]*).*$/, '$1') })
    else if (fence !== null) append(tabs, line)
    fence = next
  }
  return usable(tabs, end + 1)
}

function labelOfFence(line: string): string {
  const [, language = '', rest = ''] = /^\s*[`~]+\s*([\w+#-]*)\s*(.*)$/.exec(line) ?? []
  const named = /\[([^\]]+)\]/.exec(rest)?.[1] ?? /^title="([^"]+)"/.exec(rest)?.[1] ?? rest.replace(/\{[^}]*\}/g, '')
  return named.trim() || language
}

/** `<TabItem value="npm" label="npm">` … `</TabItem>`, and the older `<!--npm-->`. */
function readLabelled(lines: string[], at: number, closing: string): Read {
  const end = closingLine(lines, at + 1, (line) => line.trim() === closing)
  if (end < 0) return null
  const tabs: Tab[] = []
  let fence: string | null = null
  for (const line of lines.slice(at + 1, end)) {
    const label = fence === null ? labelOfItem(line) : null
    fence = fenceAfter(line, fence)
    if (label !== null) tabs.push({ label, text: '' })
    else if (!/^\s*<\/Tab(?:Item)?>\s*$/.test(line)) append(tabs, line)
  }
  return usable(tabs, end + 1)
}

function labelOfItem(line: string): string | null {
  const comment = /^<!-- *(\S[^>]*?) *-->\s*$/.exec(line)?.[1]
  if (comment) return comment
  const attributes = /^\s*<Tab(?:Item)?\b([^>]*)>\s*$/.exec(line)?.[1]
  if (attributes === undefined) return null
  for (const name of ['label', 'title', 'value']) {
    const [, double, single] = new RegExp(`\\b${name}=(?:\\{?"([^"]+)"|\\{?'([^']+)')`).exec(attributes) ?? []
    if (double ?? single) return double ?? single ?? null
  }
  return ''
}

/** Runs of `=== "Label"`, what belongs to a label being indented below it. */
function readIndented(lines: string[], at: number): Read {
  const tabs: Tab[] = []
  let end = at
  for (let next = at; next < lines.length; next += 1) {
    const line = lines[next] ?? ''
    const label = /^===[!+]? +"([^"]+)"\s*$/.exec(line)?.[1]
    if (label !== undefined) tabs.push({ label, text: '' })
    else if (line.trim() === '') append(tabs, '')
    else if (/^(?: {4}|\t)/.test(line)) append(tabs, line.replace(/^(?: {4}|\t)/, ''))
    else break
    if (line.trim() !== '') end = next + 1
  }
  return usable(tabs, end)
}

function closingLine(lines: string[], from: number, isClosing: (line: string) => boolean): number {
  let fence: string | null = null
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (fence === null && isClosing(line)) return at
    fence = fenceAfter(line, fence)
  }
  return -1
}

function append(tabs: Tab[], line: string): void {
  const last = tabs.at(-1)
  if (last) last.text += last.text === '' ? line : `\n${line}`
}

/** Tabs without a name, with a very long one or alone are no choice: such a group is read like any other text. */
function usable(tabs: Tab[], end: number): Read {
  const named = tabs.filter(({ label, text }) => label !== '' && label.length <= LONGEST_LABEL && text.trim() !== '')
  return named.length > 1 && named.length === tabs.length ? { tabs: named, end } : null
}
