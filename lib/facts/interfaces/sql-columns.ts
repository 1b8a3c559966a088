import type { ColumnFact } from '#lib/domain/facts.ts'
import { plainColumn } from './schema-step.ts'
import { isName, type SqlToken, sqlText, unquoted } from './sql-tokens.ts'

/** What one item between the brackets of CREATE TABLE says: a column, or something about columns named elsewhere. */
export interface TableItem {
  column: ColumnFact | null
  keys: string[]
  uniques: string[]
  foreign: { columns: string[]; table: string; targets: string[] } | null
}

const ENDS_TYPE =
  /^(?:not|null|default|primary|references|unique|check|collate|generated|auto_increment|autoincrement|comment|on|constraint|identity|encode|as|character|charset|key|first|after|using|virtual|stored|storage|compression|with|deferrable|initially|sortkey|distkey|visible|invisible|enable|disable)$/i

/** Reads one item; null when it is neither a column nor a key. */
export function tableItem(tokens: SqlToken[], path: string): TableItem | null {
  const named = lower(tokens[0]) === 'constraint' ? tokens.slice(isName(tokens[1]?.text) ? 2 : 1) : tokens
  const constraint = constraintOf(named)
  if (constraint) return constraint
  if (named !== tokens || isOther(tokens)) return null
  const column = columnOf(tokens, path)
  return column ? { column, keys: [], uniques: [], foreign: null } : null
}

/** Things that stand among columns and are none. */
function isOther(tokens: SqlToken[]): boolean {
  const [first, second] = [lower(tokens[0]), lower(tokens[1])]
  if (/^(?:check|exclude)$/.test(first)) return second === '(' || second === 'using'
  if (/^(?:index|key|fulltext|spatial)$/.test(first))
    return second === '(' ||
      /^(?:index|key)$/.test(second) ||
      tokens.slice(2, 5).some(({ text }) => text === '(' || /^using$/i.test(text))
      ? !isTypeWord(second)
      : false
  return /^(?:like|projection)$/.test(first) || (first === 'period' && second === 'for')
}

function isTypeWord(word: string): boolean {
  return /^(?:var)?char|^text$|^(?:big|small|tiny)?int|^decimal|^numeric|^bool|^json|^uuid|^date|^time|^(?:medium|long)?(?:text|blob)/.test(
    word,
  )
}

function constraintOf(tokens: SqlToken[]): TableItem | null {
  const words = tokens.slice(0, 3).map((token) => lower(token))
  const nothing = { column: null, keys: [], uniques: [], foreign: null }
  if (words[0] === 'primary' && words[1] === 'key') return { ...nothing, keys: listIn(tokens) }
  if (words[0] === 'foreign' && words[1] === 'key') {
    const at = tokens.findIndex((token) => lower(token) === 'references')
    const table = at === -1 ? null : nameAt(tokens, at + 1)
    if (!table) return nothing
    const columns = listIn(tokens.slice(0, at))
    return { ...nothing, foreign: { columns, table: table.name, targets: listIn(tokens.slice(table.next)) } }
  }
  if (words[0] !== 'unique') return null
  const isConstraint = words[1] === '(' || /^(?:key|index)$/.test(words[1] ?? '') || words[2] === '('
  return isConstraint ? { ...nothing, uniques: listIn(tokens) } : null
}

/** Names in the first pair of brackets; lengths and directions left out. */
function listIn(tokens: SqlToken[]): string[] {
  const open = tokens.findIndex(({ text }) => text === '(')
  if (open === -1) return []
  return topLevelItems(tokens.slice(open + 1, closing(tokens, open))).flatMap(([first]) =>
    isName(first?.text) ? [unquoted(first.text)] : [],
  )
}

/** A table's name, with the schema in front left out, and the place behind it. */
export function nameAt(tokens: SqlToken[], at: number): { name: string; next: number } | null {
  let next = at
  if (!isName(tokens[next]?.text)) return null
  while (tokens[next + 1]?.text === '.' && isName(tokens[next + 2]?.text)) next += 2
  return { name: unquoted(tokens[next]?.text ?? ''), next: next + 1 }
}

/** Tokens between commas that stand in no brackets. */
export function topLevelItems(tokens: SqlToken[]): SqlToken[][] {
  const items: SqlToken[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (token.text === '(') depth += 1
    if (token.text === ')') depth -= 1
    if (token.text === ',' && depth === 0) items.push([])
    else items.at(-1)?.push(token)
  }
  return items.filter((item) => item.length > 0)
}

/** Index of the bracket that closes the one at `open`; the end when there is none. */
export function closing(tokens: SqlToken[], open: number): number {
  let depth = 0
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]?.text === '(') depth += 1
    if (tokens[at]?.text === ')') depth -= 1
    if (depth === 0) return at
  }
  return tokens.length
}

function columnOf(tokens: SqlToken[], path: string): ColumnFact | null {
  const [first] = tokens
  if (!first || !isName(first.text)) return null
  const end = endOfType(tokens)
  const range = { path, start: first.line, end: tokens.at(-1)?.line ?? first.line }
  const type = joined(tokens.slice(1, end))
  const has = (...words: string[]) =>
    tokens.some((_, at) => at >= end && words.every((word, step) => lower(tokens[at + step]) === word))
  const key = has('primary', 'key')
  return plainColumn(unquoted(first.text), range, {
    type: type || null,
    key,
    nullable: !(key || has('not', 'null') || /^(?:small|big)?serial\d?$/i.test(type)),
    unique: has('unique'),
    default: defaultOf(tokens, end),
    references: referenceOf(tokens, end),
    help: commentOf(tokens, end),
  })
}

function endOfType(tokens: SqlToken[]): number {
  let depth = 0
  for (let at = 1; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (token?.text === '(') depth += 1
    else if (token?.text === ')') depth -= 1
    else if (depth === 0 && token && ENDS_TYPE.test(token.text)) return at
  }
  return tokens.length
}

function defaultOf(tokens: SqlToken[], from: number): string | null {
  const at = tokens.findIndex(
    (token, index) => index >= from && lower(token) === 'default' && lower(tokens[index - 1]) !== 'by',
  )
  if (at === -1) return null
  let end = at + 2
  if (tokens[at + 1]?.text === '(') end = closing(tokens, at + 1) + 1
  else if (tokens[at + 1]?.text === '-') end = at + 3
  if (tokens[end]?.text === '(') end = closing(tokens, end) + 1
  const text = joined(tokens.slice(at + 1, end))
  return /^null$/i.test(text) ? null : sqlText(text)
}

function referenceOf(tokens: SqlToken[], from: number): ColumnFact['references'] {
  const at = tokens.findIndex((token, index) => index >= from && lower(token) === 'references')
  const table = at === -1 ? null : nameAt(tokens, at + 1)
  if (!table) return null
  const column = tokens[table.next]?.text === '(' ? listIn(tokens.slice(table.next)) : []
  return { table: table.name, column: column[0] ?? null }
}

function commentOf(tokens: SqlToken[], from: number): string | null {
  const at = tokens.findIndex((token, index) => index >= from && lower(token) === 'comment')
  const text = tokens[at + 1]?.text ?? ''
  return at !== -1 && text.startsWith("'") ? sqlText(text) : null
}

function joined(tokens: SqlToken[]): string {
  return tokens
    .map(({ text }) => text)
    .join(' ')
    .replace(/ ?([(),.[\]]|::) ?/g, '$1')
    .replaceAll(',', ', ')
    .slice(0, 200)
}

/** Word in small letters; empty at the end. */
export function lower(token: SqlToken | undefined): string {
  return token?.text.toLowerCase() ?? ''
}
