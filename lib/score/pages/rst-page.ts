import { HeadingIds } from './anchor-ids.ts'
import type { Block, DocPage, Inline } from './page.ts'

type Parsed = Pick<DocPage, 'type' | 'blocks' | 'anchors' | 'navigation'>

const UNDERLINE = /^([=\-~^"'`#*+.:_])\1{2,}\s*$/
const INLINE = /``([^`]+)``|`([^`<]+?)\s*<([^>`]+)>`__?|:[\w:.+-]+:`([^`]+)`/g

/** Reads reStructuredText lightly: headings, paragraphs, lists, code blocks, links and inline code. */
export function rstPage(text: string): Parsed {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const blocks: Block[] = []
  const anchors = new Set<string>()
  const ids = new HeadingIds()
  const levels: string[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    const target = /^\.\. _([^:]+):\s*$/.exec(line)?.[1]
    if (target) anchors.add(target)
    const mark = line.trim() !== '' && !UNDERLINE.test(line) ? UNDERLINE.exec(lines[at + 1] ?? '')?.[1] : undefined
    if (mark) {
      if (!levels.includes(mark)) levels.push(mark)
      anchors.add(ids.next(line))
      const level = Math.min(6, levels.indexOf(mark) + 1)
      blocks.push({ kind: 'heading', line: at + 1, level, inlines: inlinesFrom(line, at + 1) })
      at += 2
    } else if (isCodeStart(line)) at = readCode(lines, at, blocks)
    else if (/^\.\. /.test(line) || UNDERLINE.test(line) || line.trim() === '') at += 1
    else at = readParagraph(lines, at, blocks)
  }
  return { type: null, blocks, anchors, navigation: [] }
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
    const [, code, label, href, role] = match
    if (code !== undefined) inlines.push({ kind: 'code', text: code, href: null, isCode: true, line })
    else if (href !== undefined) inlines.push({ kind: 'link', text: label ?? '', href, isCode: false, line })
    else inlines.push({ kind: 'text', text: role ?? '', href: null, isCode: false, line })
  }
  plain(text.length)
  return inlines
}
