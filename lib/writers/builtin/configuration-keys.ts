import { cite } from '#lib/domain/citations.ts'
import type { ConfigurationKeyFact, Facts } from '#lib/domain/facts.ts'
import { offered } from './interface-tables.ts'
import { blocks, code, escapeText, heading, table } from './markdown.ts'
import { byText, listOf } from './wording.ts'

const SHOWN_USES = 2

/** Keys people may set; one that is a variable of the same name is told there, one that is a flag means the same. */
export function offeredKeys(facts: Facts): ConfigurationKeyFact[] {
  const variables = new Set(facts.environment.map(({ name }) => name.toLowerCase()))
  const flags = new Map(facts.flags.map(({ name, help }) => [name.replace(/^-+/, ''), help]))
  return offered(facts, facts.configurationKeys, (key) => key.range.path)
    .filter(({ name }) => !variables.has(name.toLowerCase()))
    .map((key) => ({ ...key, help: key.help ?? flags.get(key.name) ?? null }))
}

/** A table per class, struct or file that holds keys. */
export function keySections(keys: ConfigurationKeyFact[]): string {
  if (keys.length === 0) return ''
  const groups = [...Map.groupBy(keys, ({ owner, range }) => `${owner} ${range.path}`)]
  const sections = groups
    .sort(([a], [b]) => byText(a, b))
    .map(([, own]) => blocks(own[0] && heading(3, code(own[0].owner)), keyTable(own)))
  return blocks(heading(2, 'Configuration keys'), ...sections)
}

function keyTable(keys: ConfigurationKeyFact[]): string {
  const rows = keys.map((key) => [
    code(key.name),
    escapeText(key.type ?? ''),
    code(key.default ?? ''),
    escapeText(key.help ?? ''),
    cite(key.range),
    listOf(key.usedIn.slice(0, SHOWN_USES).map(cite)),
  ])
  return table(['Key', 'Type', 'Default', 'Meaning', 'Defined at', 'Read at'], rows)
}
