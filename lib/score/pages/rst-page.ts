import { HeadingIds, otherIds } from './anchor-ids.ts'
import type { Block, DocPage, Inline } from './page.ts'

type Parsed = Pick<DocPage, 'type' | 'blocks' | 'anchors' | 'navigation' | 'isOrphan'>

const UNDERLINE = /^([=\-~^"'`#*+.:_])\1{2,}\s*$/
const INLINE = /``([^`]+)``|(:doc:)?`([^`<]+?)\s*<([^>`]+)>`(?:__?)?|:doc:`([^`<]+)`|:[\w:.+-]+:`([^`]+)`/g
const DESCRIBED =
  /^\s*\.\. (?:auto\w+|(?:py:)?(?:function|class|method|attribute|data|exception|module)|option|envvar)::\s*(\S.*)$/

interface Reader {
  lines: string[]
  blocks: Block[]
  anchors: Set<string>
  navigation: Inline[]
  ids: HeadingIds
  /** Underlines in the order in which they first occur: the level of a heading. */
  levels: string[]
}

/** Reads reStructuredText lightly: headings, paragraphs, lists, code blocks, links and inline code. */
export function rstPage(text: string): Parsed {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const reader: Reader = { lines, blocks: [], anchors: new Set(), navigation: [], ids: new HeadingIds(), levels: [] }
  for (let at = 0; at < lines.length; ) at = readAt(at, reader)
  const { blocks, anchors, navigation } = reader
  return { type: null, blocks, anchors, navigation, isOrphan: /^\s*:orphan:/.test(text) }
}

/** Reads what begins at a line and answers the line after it. */
function readAt(at: number, reader: Reader): number {
  const { lines, blocks, anchors, navigation } = reader
  const line = lines[at] ?? ''
  const target = /^\.\. _([^:]+):\s*$/.exec(line)?.[1]
  if (target) anchors.add(target)
  const mark = line.trim() !== '' && !UNDERLINE.test(line) ? UNDERLINE.exec(lines[at + 1] ?? '')?.[1] : undefined
  if (mark) return readHeading(at, mark, reader)
  if (isCodeStart(line)) return readCode(lines, at, blocks)
  if (/^\s*\.\. toctree::/.test(line)) return readToctree(lines, at, navigation)
  if (/^\s*\.\. \w[\w:-]*::/.test(line)) return readDirective(line, at, blocks)
  if (/^\.\. /.test(line) || UNDERLINE.test(line) || line.trim() === '') return at + 1
  return readParagraph(lines, at, blocks)
}

function readHeading(at: number, mark: string, { lines, blocks, anchors, ids, levels }: Reader): number {
  const text = lines[at] ?? ''
  if (!levels.includes(mark)) levels.push(mark)
  anchors.add(ids.next(text))
  for (const id of otherIds(text)) anchors.add(id)
  const level = Math.min(6, levels.indexOf(mark) + 1)
  blocks.push({ kind: 'heading', line: at + 1, level, inlines: inlinesFrom(text, at + 1) })
  return at + 2
}

function isCodeStart(line: string): boolean {
  return /^\s*\.\. (?:code-block|code|sourcecode)::/.test(line)
}

function readCode(lines: string[], start: number, blocks: Block[]): number {
  const language = /::\s*([\w+#-]*)/.exec(lines[start] ?? '')?.[1] ?? ''
  let at = start + 1
  while (/^\s+:\w[\w-]*:/.test(lines[at] ?? '')) at += 1
  while (at < lines.length && lines[at]?.trim() === '') at += 1
  const first = at
  const indent = /^\s*/.exec(lines[at] ?? '')?.[0].length ?? 0
  while (at < lines.length && indent > 0 && (/^\s*$/.test(lines[at] ?? '') || startsDeep(lines[at] ?? '', indent)))
    at += 1
  const code = lines
    .slice(first, at)
    .map((line) => line.slice(indent))
    .join('\n')
    .trimEnd()
  blocks.push({ kind: 'fence', line: first + 1, language: language.toLowerCase(), code })
  return Math.max(at, start + 1)
}

/** A table of contents names pages, one on each indented line. */
function readToctree(lines: string[], start: number, navigation: Inline[]): number {
  let at = start + 1
  while (at < lines.length && /^(?:\s*|\s+\S.*)$/.test(lines[at] ?? '')) {
    navigation.push(...toctreeEntry(lines[at] ?? '', at + 1))
    at += 1
  }
  return at
}

/** The page that a line of a table of contents names; none for options. */
export function toctreeEntry(text: string, line: number): Inline[] {
  const entry = text.trim()
  if (entry === '' || entry.startsWith(':') || /[*?]/.test(entry)) return []
  const titled = /^(.*?)\s*<([^>]+)>$/.exec(entry)
  return [{ kind: 'link', text: titled?.[1] ?? entry, href: titled?.[2] ?? entry, isCode: false, line }]
}

/** What a directive describes is named as code; what it includes is text that is not read here. */
function readDirective(line: string, at: number, blocks: Block[]): number {
  const included = /^\s*\.\. (?:literal)?include::\s*(\S+)/.exec(line)?.[1]
  if (included) blocks.push({ kind: 'fence', line: at + 1, language: 'include', code: included })
  const name = DESCRIBED.exec(line)?.[1]
  const inlines: Inline[] = name ? [{ kind: 'code', text: name, href: null, isCode: true, line: at + 1 }] : []
  if (name) blocks.push({ kind: 'item', line: at + 1, level: 0, inlines })
  return at + 1
}

function startsDeep(line: string, indent: number): boolean {
  return (/^\s*/.exec(line)?.[0].length ?? 0) >= indent
}

function readParagraph(lines: string[], start: number, blocks: Block[]): number {
  const isItem = /^\s*(?:[-*+]|\d+\.|#\.)\s+/.test(lines[start] ?? '')
  const inlines: Inline[] = []
  let at = start
  while (at < lines.length && (lines[at] ?? '').trim() !== '' && !isCodeStart(lines[at] ?? '')) {
    if (at > start && /^\s*(?:[-*+]|\d+\.)\s+/.test(lines[at] ?? '')) break
    const text = (lines[at] ?? '').trim().replace(at === start && isItem ? /^(?:[-*+]|\d+\.|#\.)\s+/ : /^$/, '')
    inlines.push(...inlinesFrom(`${text} `, at + 1))
    at += 1
  }
  blocks.push({ kind: isItem ? 'item' : 'paragraph', line: start + 1, level: 0, inlines })
  return Math.max(at, start + 1)
}

function inlinesFrom(text: string, line: number): Inline[] {
  const inlines: Inline[] = []
  let last = 0
  const plain = (end: number) => {
    if (end > last) inlines.push({ kind: 'text', text: text.slice(last, end), href: null, isCode: false, line })
  }
  for (const match of text.matchAll(INLINE)) {
    plain(match.index)
    last = match.index + match[0].length
    const [, code, , label = '', href, page, role = ''] = match
    const target = page ?? href
    if (code !== undefined) inlines.push({ kind: 'code', text: code, href: null, isCode: true, line })
    else if (target === undefined || target.endsWith('_'))
      inlines.push({ kind: 'text', text: role || label, href: null, isCode: false, line })
    else inlines.push({ kind: 'link', text: page ?? label, href: target, isCode: false, line })
  }
  plain(text.length)
  return inlines
}
