import type { Facts, FileFact } from '#lib/domain/facts.ts'
import { duration, oneLine, outputWidth } from './output.ts'
import type { RepositoryFacts } from './repository-facts.ts'
import { tableLines } from './table.ts'

/** What was found, for people: counts of each kind, languages, what was skipped and why, how long it took. */
export function factsSummary(read: RepositoryFacts, { all }: { all: boolean }): string[] {
  const { facts, branch, openedMs, factsMs } = read
  const { description, license } = facts
  return [
    `${oneLine(`${facts.name} @ ${branch}`)} (${facts.commit.slice(0, 8)}), ${facts.repoType}${license ? `, ${license.name}` : ''}`,
    ...(description ? [oneLine(description.text)] : []),
    '',
    ...counts(facts),
    '',
    ...languages(facts),
    ...skipped(facts.files, all),
    ...facts.limits.map(oneLine),
    '',
    `Opened in ${duration(openedMs)}, facts in ${duration(factsMs)}`,
  ]
}

function counts(facts: Facts): string[] {
  const published = facts.symbols.filter((symbol) => symbol.public).length
  const inside = facts.imports.filter(({ to }) => to !== null).length
  const rows: [kind: string, count: number, note: string][] = [
    ['files', facts.files.length, byCount(facts.files.map(({ role }) => role))],
    ['symbols', facts.symbols.length, `${published} public: ${byCount(facts.symbols.map(({ kind }) => kind))}`],
    ['imports', facts.imports.length, `${inside} to files of the repository`],
    ['references', facts.references.file.length, `${facts.references.exact.filter((one) => one === 1).length} exact`],
    ['modules', facts.modules.length, ''],
    ['entry points', facts.entryPoints.length, ''],
    ['commands', facts.commands.length, ''],
    ['flags', facts.flags.length, ''],
    ['environment variables', facts.environment.length, ''],
    ['routes', facts.routes.length, ''],
    ['data models', facts.dataModels.length, ''],
    ['configuration keys', facts.configurationKeys.length, ''],
    ['scripts', facts.scripts.length, byCount(facts.scripts.map(({ runner }) => runner))],
    ['dependencies', facts.dependencies.length, byCount(facts.dependencies.map(({ kind }) => kind))],
    ['tests', facts.tests.length, `${facts.tests.reduce((sum, { cases }) => sum + cases.length, 0)} cases`],
    ['documents', facts.documents.length, ''],
  ]
  return tableLines({
    columns: [{ title: 'Kind' }, { title: 'Found', right: true }, { title: 'Of these', least: 20 }],
    rows: rows.map(([kind, count, note]) => [kind, String(count), count === 0 ? '' : oneLine(note)]),
    width: outputWidth(),
  })
}

/** `12 source, 3 test`: the most frequent first. */
function byCount(words: string[]): string {
  return [...Map.groupBy(words, (word) => word)]
    .sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1))
    .map(([word, found]) => `${found.length} ${word}`)
    .join(', ')
}

function languages(facts: Facts): string[] {
  if (facts.languages.length === 0) return []
  return tableLines({
    columns: [{ title: 'Language' }, { title: 'Files', right: true }, { title: 'KB', right: true }],
    rows: facts.languages.map(({ language, files, bytes }) => [language, String(files), (bytes / 1000).toFixed(1)]),
    width: outputWidth(),
  })
}

function skipped(files: FileFact[], all: boolean): string[] {
  const groups = Map.groupBy(
    files.filter((file) => file.skipped !== null),
    (file) => (file.skipped ?? '').replace(/^a line of \d+ characters/, 'a line of too many characters'),
  )
  if (groups.size === 0) return []
  const lines = [...groups].flatMap(([reason, found]) => [
    `  ${found.length} ${oneLine(reason)}${all ? '' : `: ${oneLine(found[0]?.path ?? '')}${found.length > 1 ? ' …' : ''}`}`,
    ...(all ? found.map(({ path }) => `    ${oneLine(path)}`) : []),
  ])
  return ['', 'Skipped:', ...lines]
}
