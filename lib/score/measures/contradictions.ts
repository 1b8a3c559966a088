import type { Context } from '#lib/score/context.ts'
import { countFinding, type Finding, type ScoreMiss } from '#lib/score/finding.ts'
import { type Block, type DocPage, inlinesOf, plainText, type RowBlock } from '#lib/score/pages/page.ts'
import { sentencesOf } from '#lib/score/sentences.ts'

interface Statement {
  key: string
  value: string
  page: DocPage
  line: number
}

const KEY = /^(?:--[a-z][\w-]+|[A-Z][A-Z0-9]*_[A-Z0-9_]+|PORT|HOST)$/
const DEFAULT = /\bdefaults? (?:to|is|value is|:)?\s*|\bdefault:\s*|\bby default\s*/i
const RUNTIME =
  /\b(Node(?:\.js)?|Python|Go|Ruby|Java|Rust|PHP) (?:version )?(?:>=? ?)?v?(\d+(?:\.\d+)*)\+?(?: or (?:later|newer|higher|above))?/g

/** Pages that tell what held when they were written. */
const OF_ITS_TIME =
  /(?:^|[/-])(?:blog|posts?|news|announc\w*|changelogs?|changes|history|releases?|migrat\w+|upgrad\w+)(?:[/-]|$)/i

/** Keys (defaults of flags and variables, the port, required versions) that two pages give different values. */
export function measureContradictions(context: Context): Finding {
  const byKey = Map.groupBy(
    context.pages
      .filter(({ key }) => !OF_ITS_TIME.test(key))
      .flatMap((page) => page.blocks.flatMap((block) => statementsOf(block, page, context))),
    ({ key }) => key,
  )
  const misses: ScoreMiss[] = []
  let checked = 0
  for (const statements of byKey.values()) {
    const pages = [...Map.groupBy(statements, ({ page }) => page).values()]
    if (pages.length < 2) continue
    checked += 1
    const miss = disagreement(pages)
    if (miss) misses.push(miss)
  }
  return countFinding(checked, misses)
}

/** Two pages contradict each other when no value of the one is among those of the other: a page may list several commands. */
function disagreement(pages: Statement[][]): ScoreMiss | null {
  for (const [index, mine] of pages.entries()) {
    for (const other of pages.slice(index + 1)) {
      const values = new Set(other.map(({ value }) => value))
      const [first] = mine
      const [second] = other
      if (!first || !second || mine.some(({ value }) => values.has(value))) continue
      const claim = `${first.key} is ${first.value}`
      return {
        page: first.page.file,
        line: first.line,
        claim,
        found: `${second.value} in ${second.page.file}:${second.line}`,
      }
    }
  }
  return null
}

function statementsOf(block: Block, page: DocPage, { byInline }: Context): Statement[] {
  if (block.kind === 'row') return rowStatements(block, page)
  return sentencesOf(block, byInline).flatMap((sentence) => {
    const text = plainText(sentence)
    const line = sentence[0]?.line ?? block.line
    const found: Statement[] = []
    for (const match of text.matchAll(RUNTIME)) {
      const [whole, runtime = '', version = ''] = match
      if (isRequired(text.slice(0, match.index), text.slice(match.index + whole.length)))
        found.push({ key: `required ${runtime.replace('.js', '')}`, value: version, page, line })
    }
    const port = /\b(?:listens? on|default) port (?:is )?(\d{2,5})\b|\bport defaults to (\d{2,5})\b/i.exec(text)
    if (port) found.push({ key: 'default port', value: port[1] ?? port[2] ?? '', page, line })
    const code = sentence.filter(({ isCode }) => isCode)
    const [key, value] = code
    if (DEFAULT.test(text) && code.length === 2 && key && value && KEY.test(key.text) && isDefaultOf(text, value.text))
      found.push({ key: `default of ${key.text}`, value: clean(value.text), page, line })
    return found
  })
}

/** Said of the runtime itself, not of something else in the same sentence. */
function isRequired(before: string, after: string): boolean {
  const isAsked = /\b(?:requires?|needs?|at least|supports?|minimum)\b[^.(,;]{0,30}$/i.test(before)
  return isAsked || /^[^.(,;]{0,20}\b(?:is|are) (?:required|needed|supported)\b/i.test(after)
}

function isDefaultOf(text: string, value: string): boolean {
  const before = text.slice(0, text.lastIndexOf(value))
  return /\bdefault(?:s to| is| value is|:)?\s*$/i.test(before)
}

function rowStatements(row: RowBlock, page: DocPage): Statement[] {
  const at = row.header.findIndex((title) => /^default(?: value)?s?$/i.test(title.trim()))
  if (at < 1) return []
  const key =
    inlinesOf(row)
      .find(({ isCode }) => isCode)
      ?.text.trim() ?? ''
  const cell = row.cells[at] ?? []
  // What stands behind the value says when it holds.
  const [first] = cell.filter(({ text }) => text.trim() !== '')
  const value = clean(first?.isCode ? first.text : plainText(cell))
  const isValue = first?.isCode === true || !/\s|^\(/.test(value)
  return isValue && KEY.test(key) && value !== '' ? [{ key: `default of ${key}`, value, page, line: row.line }] : []
}

function clean(value: string): string {
  const bare = value.trim().replace(/^["'`](.*)["'`]$/, '$1')
  return /^(?:true|false|none|null)$/i.test(bare) ? bare.toLowerCase() : bare
}
