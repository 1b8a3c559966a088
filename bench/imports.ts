import { basename, dirname, resolve } from 'node:path'
import type { Facts, ImportFact } from '#lib/domain/facts.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { openLocalRepository } from '#lib/git/open-local.ts'
import { openSnapshot } from '#lib/git/snapshot.ts'
import { isThere, judgesOf, knownNames } from './own-imports.ts'

const TARGET = 0.98
const LISTED = 12

/** One import statement; it may lead to several files. */
interface Statement {
  language: string
  from: string
  line: number
  specifier: string
  isResolved: boolean
  isOwn: boolean
  isThere: boolean
}

/** `npm run bench -- imports REPO…`: how many imports that mean the repository itself lead to a file of it. */
export async function run(repositories: string[]): Promise<boolean> {
  let isKept = true
  for (const repository of repositories.length > 0 ? repositories : ['.'])
    isKept = print(resolve(repository), await statementsOf(resolve(repository))) && isKept
  return isKept
}

async function statementsOf(path: string): Promise<Statement[]> {
  const { signal } = new AbortController()
  const source = await openLocalRepository({ path, branch: null })
  const opened = await openSnapshot({ ...source, limits: { maxRepoFiles: 100_000 }, signal })
  // A partial clone lacks its largest blobs: they are left out, as those over the limit are.
  const snapshot = { ...opened, readBlob: (oid: string) => opened.readBlob(oid).catch(() => null) }
  const facts = await extractFacts({ snapshot, name: basename(path), signal, progress: () => {} })
  const read = readerOf(snapshot)
  const paths = snapshot.entries.map((entry) => entry.path)
  const judges = await judgesOf({ paths, read })
  const known = knownNames(paths)
  const languages = new Map(facts.files.map((file) => [file.path, file.language ?? '']))
  const statements: Statement[] = []
  for (const group of statementGroups(facts)) {
    const [one] = group
    if (!one) continue
    const language = languages.get(one.from) ?? ''
    const line = (await read(one.from)).split('\n')[one.range.start - 1] ?? ''
    statements.push({
      language,
      from: one.from,
      line: one.range.start,
      specifier: one.specifier,
      isResolved: group.some(({ to }) => to !== null),
      isOwn: judges.get(language)?.(one, line) ?? false,
      isThere: isThere(one, language, known),
    })
  }
  return statements
}

function statementGroups(facts: Facts): ImportFact[][] {
  const key = ({ from, range, specifier }: ImportFact) => JSON.stringify([from, range.start, specifier])
  return [...Map.groupBy(facts.imports, key).values()]
}

function readerOf(snapshot: Snapshot): (path: string) => Promise<string> {
  const oids = new Map(snapshot.entries.map(({ path, oid }) => [path, oid]))
  const texts = new Map<string, string>()
  return async (path) => {
    const known = texts.get(path)
    if (known !== undefined) return known
    const bytes = await snapshot.readBlob(oids.get(path) ?? '')
    const text = bytes ? new TextDecoder().decode(bytes) : ''
    texts.set(path, text)
    return text
  }
}

function print(path: string, statements: Statement[]): boolean {
  let isKept = true
  console.log(`\n${basename(path) === 'repo' ? basename(dirname(path)) : basename(path)}`)
  const columns = ['imports', 'external', 'own', 'resolved', 'absent', 'missed', 'rate']
  console.log(
    `  ${'language'.padEnd(12)}${columns.map((name) => name.padStart(10)).join('')}   target ${TARGET * 100} %`,
  )
  for (const [language, group] of Map.groupBy(statements, (one) => one.language)) {
    const own = group.filter(({ isOwn, isResolved }) => isOwn || isResolved)
    const unresolved = own.filter(({ isResolved }) => !isResolved)
    // Nobody can resolve what the commit does not hold: built, downloaded or deliberately wrong.
    const missed = unresolved.filter((one) => one.isThere)
    const resolved = own.length - unresolved.length
    const rate = resolved + missed.length === 0 ? 1 : resolved / (resolved + missed.length)
    if (rate < TARGET) isKept = false
    const figures = [group.length, group.length - own.length, own.length, resolved, unresolved.length - missed.length]
    const cells = [...figures, missed.length, `${(rate * 100).toFixed(1)} %`]
    console.log(`  ${language.padEnd(12)}${cells.map((cell) => String(cell).padStart(10)).join('')}`)
    for (const { from, line, specifier } of missed.slice(0, LISTED)) console.log(`      ${from}:${line} ${specifier}`)
  }
  return isKept
}
