import { expect, it } from 'vitest'
import type { ColumnFact, DataModelFact } from '#lib/domain/facts.ts'
import { readMermaid } from '#lib/score/mermaid.ts'
import { makeFacts, range } from '#lib/testing/make-facts.ts'
import { draftPage } from './composers.ts'
import { planFor } from './plan.ts'

it('gives data models a page with a diagram that parses, and never more than 20 tables in it', () => {
  const models = Array.from({ length: 30 }, (_, at) => model(`table-${at}`, at === 0 ? null : `table-${at >> 1}`))
  const facts = makeFacts({ dataModels: models })
  const plan = planFor({ facts, projectName: 'x' })
  const page = plan.navigation.flatMap(({ pages }) => pages).find(({ kind }) => kind === 'data_models')
  const text = page ? draftPage(facts, page, plan).markdown() : ''
  const diagram = /```mermaid\n([\s\S]*?)\n```/.exec(text)?.[1] ?? ''
  expect(readMermaid(diagram)).toEqual({ kind: 'other' })
  expect(diagram.match(/^ {2}\w+ \{$/gm)).toHaveLength(20)
  expect(text).toContain('| `owner_id` | `int` | yes | refers to `table-1` (id) | Who \\*owns\\* it |')
})

function model(name: string, owner: string | null): DataModelFact {
  const id = column('id', { key: true, nullable: false })
  const link = column('owner_id', { references: { table: owner ?? '', column: 'id' }, help: 'Who *owns* it' })
  const columns = owner === null ? [id] : [id, link]
  return {
    name,
    symbol: null,
    source: 'sql',
    help: null,
    columns,
    relations: [],
    range: range('a.sql', 1, 3),
    usedIn: [],
  }
}

function column(name: string, rest: Partial<ColumnFact>): ColumnFact {
  const nothing = { default: null, key: false, unique: false, references: null, help: null }
  return { name, type: 'int', nullable: true, ...nothing, range: range('a.sql', 2), ...rest }
}
