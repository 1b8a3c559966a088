import { AnchorIds } from '#lib/domain/anchors.ts'
import { citedFiles } from '#lib/domain/citations.ts'
import { headingOf, inlineSpans, markdownLines } from '#lib/links/markdown-blocks.ts'

/** What linking needs to know of the Markdown of one page: nothing in it depends on other pages. Plain data. */
export interface PageNames {
  /** Headings that explain a name, with their anchors and the file that their section cites first, as links write it. */
  explains: [name: string, anchor: string, path: string | null][]
  /** Anchors of the sections in order; the first is the text before any heading. */
  anchors: string[]
  /** Names in inline code that may become links, each once. */
  names: string[]
  /** Of every such mention four numbers: where its code begins in the Markdown, its length, indexes in `names` and `anchors`. */
  mentions: number[]
  /** Files that table rows cite for the name they begin with, as links write them. */
  rows: [name: string, paths: string[]][]
  /** Files that the page cites. */
  cited: string[]
}

/** Reads the Markdown of a page once for everything that linking asks. */
export function pageNames(markdown: string): PageNames {
  const reading: Reading = {
    found: { explains: [], anchors: [''], names: [], mentions: [], rows: [], cited: [...citedFiles(markdown)] },
    ids: new AnchorIds(),
    open: null,
    known: new Map(),
    rows: new Map(),
    foreign: null,
  }
  let at = 0
  for (const { text, kind } of markdownLines(markdown)) {
    if (kind === 'heading') readHeading(text, reading)
    if (kind === 'prose') readProse(text, at, reading)
    at += text.length + 1
  }
  reading.found.rows = Array.from(reading.rows, ([name, paths]) => [name, [...paths]])
  return reading.found
}

interface Reading {
  found: PageNames
  ids: AnchorIds
  /** The heading that explains a name and whose section goes on. */
  open: PageNames['explains'][number] | null
  known: Map<string, number>
  rows: Map<string, Set<string>>
  /** Which cells of the table around hold names of another sort; null outside of tables. */
  foreign: 'first' | 'all' | null
}

function readHeading(line: string, reading: Reading): void {
  const heading = headingOf(line)
  if (!heading) return
  const anchor = reading.ids.next(heading.text)
  const name = codeHeadingName(line)
  reading.open = name ? [name, anchor, null] : null
  if (reading.open) reading.found.explains.push(reading.open)
  reading.found.anchors.push(anchor)
}

/** The name a heading such as "### `fetchRepository`" explains; null when the heading is more than one span of code. */
function codeHeadingName(line: string): string | null {
  const match = /^ {0,3}#{1,6}\s+`([^`]+)`\s*$/.exec(line)
  return match?.[1] ? nameIn(match[1]) : null
}

function nameIn(code: string): string {
  return code.trim().replace(/\(\)$/, '')
}

/** What follows are members or parameters: a name that is explained elsewhere is another one. */
const OWN_PARTS = /(?:^|\| )(?:Has|Takes) $/
/** Types that languages bring along: as the type of something, such a word is that one and no name of the project. */
const OWN_TYPE =
  /^(?:str|bytes|int|float|bool|list|dict|tuple|set|frozenset|object|type|string|number|boolean|bigint|symbol|any|unknown|error|byte|rune|char)$/
/** Head of a table of flags: what fills a cell, a placeholder or a default, is no name of the code. */
const FLAG_TABLE = /^\| *(?:Flag|Option) *\|/
/** Head of a table whose rows begin with what is no name of the code around it, or only inside of one. */
const OWN_TABLE = /^\| *(?:Parameter|Argument|Column|Field|Key|Variable|Package|Dependency|Job) *\|/

function readProse(line: string, lineAt: number, reading: Reading): void {
  const cited = line.includes('](source:') ? citedPaths(line) : []
  if (reading.open) reading.open[2] ??= cited[0] ?? null
  reading.foreign = line.startsWith('|') ? (reading.foreign ?? foreignIn(line)) : null
  if (!line.includes('`')) return
  const row = /^\| `([^`]+)` \|/.exec(line)?.[1]
  if (row !== undefined) addRow(nameIn(row), cited, reading)
  let isOwnPart = false
  let at = lineAt
  const spans = inlineSpans(line)
  const isForeign = (index: number) =>
    (reading.foreign === 'first' && index === 1) ||
    (reading.foreign === 'all' &&
      /\| $/.test(spans[index - 1]?.text ?? '') &&
      /^ \|/.test(spans[index + 1]?.text ?? ''))
  const isType = (index: number, text: string) =>
    OWN_TYPE.test(text.slice(1, -1)) && (reading.foreign !== null || /\breturns? $/i.test(spans[index - 1]?.text ?? ''))
  for (const [index, { text, kind }] of spans.entries()) {
    if (kind !== 'code') isOwnPart = OWN_PARTS.test(text) || (isOwnPart && !/[.|]| returns /.test(text))
    else if (!isOwnPart && !isForeign(index) && !isType(index, text)) addMention(text, at, reading)
    at += text.length
  }
}

function foreignIn(head: string): Reading['foreign'] {
  if (FLAG_TABLE.test(head)) return 'all'
  return OWN_TABLE.test(head) ? 'first' : null
}

function addRow(name: string, paths: string[], { rows }: Reading): void {
  const known = rows.get(name) ?? new Set<string>()
  for (const path of paths) known.add(path)
  rows.set(name, known)
}

function addMention(code: string, at: number, { found, known }: Reading): void {
  const name = nameIn(code.replace(/^`+|`+$/g, ''))
  const index = known.get(name) ?? found.names.push(name) - 1
  known.set(name, index)
  found.mentions.push(at, code.length, index, found.anchors.length - 1)
}

function citedPaths(line: string): string[] {
  return Array.from(line.matchAll(/\]\(source:([^)#]+)#/g), ([, path = '']) => path)
}
