import type { ColumnFact } from '#lib/domain/facts.ts'
import type { RawModel } from '#lib/facts/parse/parsed-file.ts'
import { plainColumn } from './schema-step.ts'

const BLOCK = /^\s*(model|view|type|enum)\s+(\w+)\s*\{/
const FIELD = /^\s*(\w+)\s+(\w+(?:\("[^"]*"\))?)(\[\]|\?)?\s*(.*)$/

/** Models of the Prisma schemas of a repository: a field whose type is another model is a relation. */
export function prismaModels(texts: [path: string, text: string][]): RawModel[] {
  const blocks = texts.flatMap(([path, text]) => blocksOf(path, text))
  const models = blocks.filter(({ kind }) => kind === 'model' || kind === 'view')
  const tables = new Map(models.map((block) => [block.name, tableName(block)]))
  return models.map((block) => modelOf(block, tables))
}

interface Block {
  kind: string
  name: string
  path: string
  /** Line of `model X {`. */
  start: number
  lines: string[]
  help: string | null
}

function blocksOf(path: string, text: string): Block[] {
  const lines = text.split(/\r?\n/)
  return lines.flatMap((line, at) => {
    const match = BLOCK.exec(line)
    const end = match ? lines.findIndex((other, index) => index > at && /^\s*\}/.test(other)) : -1
    if (!match?.[1] || !match[2] || end === -1) return []
    const help = commentAbove(lines, at)
    return [{ kind: match[1], name: match[2], path, start: at + 1, lines: lines.slice(at + 1, end), help }]
  })
}

function commentAbove(lines: string[], at: number): string | null {
  let first = at
  while (/^\s*\/\/\//.test(lines[first - 1] ?? '')) first -= 1
  const text = lines.slice(first, at).map((line) => line.replace(/^\s*\/\/\/\s?/, ''))
  return text.join(' ').trim() || null
}

function tableName({ name, lines }: Block): string {
  return lines.map((line) => /^\s*@@map\("([^"]+)"/.exec(line)?.[1]).find(Boolean) ?? name
}

function modelOf(block: Block, tables: Map<string, string>): RawModel {
  const { name, path, start, lines, help } = block
  const columns: ColumnFact[] = []
  const relations: RawModel['relations'] = []
  const foreign = new Map<string, ColumnFact['references']>()
  for (const [at, line] of lines.entries()) {
    const [, field, type = '', mark, rest = ''] = /^\s*(?:\/\/|@@)/.test(line) ? [] : (FIELD.exec(line) ?? [])
    const target = tables.get(type)
    if (field && target) {
      const list = (key: string) => new RegExp(`${key}:\\s*\\[([^\\]]*)\\]`).exec(rest)?.[1]?.split(/\s*,\s*/) ?? []
      for (const [index, own] of list('fields').entries())
        foreign.set(own.trim(), { table: target, column: list('references')[index] ?? null })
      relations.push({ name: field, table: target, many: mark === '[]' })
    } else if (field) columns.push(columnOf({ name: field, type, mark, rest, path, at: start + at + 1 }, lines, at))
  }
  const keys = lines.flatMap(
    (line) => /^\s*@@id\(\s*(?:fields:\s*)?\[([^\]]*)\]/.exec(line)?.[1]?.split(/\s*,\s*/) ?? [],
  )
  const withKeys = columns.map((column) => ({
    ...column,
    key: column.key || keys.includes(column.name),
    references: foreign.get(column.name) ?? null,
  }))
  const linked = new Set([...foreign.values()].map((reference) => reference?.table))
  return {
    name: tables.get(name) ?? name,
    symbol: name,
    source: 'prisma',
    help,
    columns: withKeys,
    relations: relations.filter(({ table, many }) => many || !linked.has(table)),
    range: { path, start, end: start + lines.length + 1 },
  }
}

interface Field {
  name: string
  type: string
  mark: string | undefined
  rest: string
  path: string
  at: number
}

function columnOf({ name, type, mark, rest, path, at }: Field, lines: string[], index: number): ColumnFact {
  const attributes = rest.replace(/\/\/.*$/, '')
  const trailing = /\/\/\/?\s*(.*)$/.exec(rest)?.[1] ?? null
  return plainColumn(
    name,
    { path, start: at, end: at },
    {
      type: `${type}${mark === '[]' ? '[]' : ''}`,
      nullable: mark === '?',
      key: /@id\b/.test(attributes),
      unique: /@unique\b/.test(attributes),
      default: defaultOf(attributes),
      help: commentAbove(lines, index) ?? trailing,
    },
  )
}

/** What stands in `@default(…)`, brackets inside included. */
function defaultOf(attributes: string): string | null {
  const value = /@default\(((?:[^()"]|"[^"]*"|\([^()]*\))*)\)/.exec(attributes)?.[1]
  return value === undefined ? null : value.replace(/^"(.*)"$/, '$1')
}
