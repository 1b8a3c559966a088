import type { ColumnFact, DataModelFact } from '#lib/domain/facts.ts'
import { byText } from './wording.ts'

const MOST_TABLES = 20
const MOST_COLUMNS = 8

interface Link {
  from: string
  to: string
  label: string
  many: boolean
}

/** Mermaid ER diagram of the tables with most links, with the columns that link them; null when nothing is linked. */
export function entityDiagram(models: DataModelFact[]): string | null {
  const names = new Set(models.map(({ name }) => name))
  const links = models.flatMap((model) => linksOf(model, names))
  const degree = new Map<string, number>()
  for (const { from, to } of links) for (const name of [from, to]) degree.set(name, (degree.get(name) ?? 0) + 1)
  const shown = models
    .filter(({ name }) => degree.has(name))
    .sort((a, b) => (degree.get(b.name) ?? 0) - (degree.get(a.name) ?? 0) || byText(a.name, b.name))
    .slice(0, MOST_TABLES)
    .sort((a, b) => byText(a.name, b.name))
  if (shown.length < 2) return null
  const ids = idsOf(shown.map(({ name }) => name))
  const id = (name: string) => ids.get(name) ?? ''
  const kept = links.filter(({ from, to }) => ids.has(from) && ids.has(to))
  return [
    'erDiagram',
    ...shown.flatMap((model) => entityLines(id(model.name), model)),
    ...kept.map(({ from, to, label, many }) => `  ${id(to)} ${many ? '}o--o{' : '||--o{'} ${id(from)} : "${label}"`),
  ].join('\n')
}

/** Every pair of tables once per column; a link that is no column counts where no column says the same. */
function linksOf({ name, columns, relations }: DataModelFact, names: Set<string>): Link[] {
  const own = columns.flatMap(({ name: column, references }) =>
    references && names.has(references.table)
      ? [{ from: name, to: references.table, label: labelOf(column), many: false }]
      : [],
  )
  const linked = new Set(own.map(({ to }) => to))
  const others = relations
    .filter(({ table, many }) => names.has(table) && !linked.has(table) && !many)
    .map(({ name: label, table }) => ({ from: name, to: table, label: labelOf(label), many: false }))
  return [...own, ...others]
}

function labelOf(text: string): string {
  return text.replace(/[^\w .-]/g, '') || 'link'
}

/** Names as Mermaid takes them, each its own. */
function idsOf(names: string[]): Map<string, string> {
  const ids = new Map<string, string>()
  const taken = new Set<string>()
  for (const name of names) {
    const base = name.replace(/\W+/g, '_').replace(/^(?=\d)/, '_') || 'table'
    let id = base
    for (let n = 2; taken.has(id); n += 1) id = `${base}_${n}`
    taken.add(id)
    ids.set(name, id)
  }
  return ids
}

function entityLines(id: string, { columns }: DataModelFact): string[] {
  const telling = columns.filter(({ key, references, unique }) => key || unique || references !== null)
  const lines = telling.slice(0, MOST_COLUMNS).flatMap(columnLine)
  return lines.length > 0 ? [`  ${id} {`, ...lines, '  }'] : [`  ${id}`]
}

function columnLine({ name, type, key, unique, references }: ColumnFact): string[] {
  const plain = name.replace(/\W+/g, '_')
  if (!/^[A-Za-z]\w*$/.test(plain)) return []
  const kind = /^[A-Za-z]\w*/.exec(type ?? '')?.[0] ?? 'any'
  const marks = [key && 'PK', references && 'FK', unique && !key && 'UK'].filter(Boolean).join(', ')
  return [`    ${kind} ${plain}${marks ? ` ${marks}` : ''}`]
}
