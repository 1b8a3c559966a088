import type { Token, Tokens } from 'marked'
import { fenceAfter } from '#lib/domain/code-fence.ts'

/** `::: tabs` and `::: code-group`: parts of which a reader sees one at a time. */
export interface TabsToken extends Tokens.Generic {
  type: 'tabs'
  tabs: { label: string; tokens: Token[] }[]
}

/** `::: tip Title` and its like. */
export interface NoteToken extends Tokens.Generic {
  type: 'note'
  kind: string
  title: string
  tokens: Token[]
}

/** `::: details Title`, or the bare tags of HTML for the same. */
export interface FoldToken extends Tokens.Generic {
  type: 'fold'
  title: string
  tokens: Token[]
}

export interface Container {
  kind: string
  title: string
  lines: string[]
  raw: string
}

const OPENING = /^ {0,3}(:{3,})[ \t]*([a-z-]{3,12})[ \t]*([^\n]{0,200})\n/
const FOLD_OPENING = /^ {0,3}<details(?: open(?:="")?)?>\s*<summary>([^\n<]{0,200})<\/summary>[ \t]*\n/
const MAX_LINES = 1000

/** The container at the start of `source`, closed within 1,000 lines; null when there is none. */
export function readContainer(source: string): Container | null {
  const colons = OPENING.exec(source)
  const details = colons ? null : FOLD_OPENING.exec(source)
  const opening = colons ?? details
  if (!opening) return null
  const closing = colons?.[1] ?? '</details>'
  const lines = source.slice(opening[0].length).split('\n', MAX_LINES)
  const end = closingLine(lines, closing)
  if (end === -1) return null
  const inside = lines.slice(0, end)
  const length = opening[0].length + lines.slice(0, end + 1).join('\n').length + (end + 1 < lines.length ? 1 : 0)
  const raw = source.slice(0, length)
  return colons
    ? { kind: colons[2] ?? '', title: (colons[3] ?? '').trim(), lines: inside, raw }
    : { kind: 'details', title: (details?.[1] ?? '').trim(), lines: inside, raw }
}

/** The parts of `::: tabs`, each below a line `== Label`. Text above the first label belongs to no part. */
export function tabTexts(lines: string[]): { label: string; text: string }[] {
  const tabs: { label: string; lines: string[] }[] = []
  for (const { line, isCode } of withFences(lines)) {
    const label = isCode ? undefined : /^ {0,3}== *(\S[^\n]{0,80}?) *$/.exec(line)?.[1]
    if (label) tabs.push({ label, lines: [] })
    else tabs.at(-1)?.lines.push(line)
  }
  return tabs.map(({ label, lines: own }) => ({ label, text: own.join('\n') }))
}

function closingLine(lines: string[], closing: string): number {
  let index = 0
  for (const { line, isCode } of withFences(lines)) {
    if (!isCode && line.trim() === closing) return index
    index += 1
  }
  return -1
}

function* withFences(lines: string[]): Generator<{ line: string; isCode: boolean }> {
  let fence: string | null = null
  for (const line of lines) {
    const before = fence
    fence = fenceAfter(line, before)
    yield { line, isCode: before !== null || fence !== null }
  }
}
