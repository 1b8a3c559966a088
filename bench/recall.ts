import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import type { Facts, SymbolFact } from '#lib/domain/facts.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { languageOf } from '#lib/facts/languages.ts'
import { openLocalRepository } from '#lib/git/open-local.ts'
import { openSnapshot } from '#lib/git/snapshot.ts'
import { ctagsVersion, type Tag, tagsBelow } from './recall-ctags.ts'
import { isCounted, isMerged, LANGUAGES, plainName, type Reading, whyNone } from './recall-rules.ts'

const TARGET = 0.99

interface Judged {
  language: string
  tag: Tag
  isFound: boolean
  /** Why a tag that we do not have is no definition; null when it is one. */
  none: string | null
}

/**
 * `npm run bench -- recall REPO…`: which definitions that universal-ctags finds in the source files of a repository our
 * facts have too, by language, with every miss. Nothing of the repository runs.
 */
export async function run(repositories: string[]): Promise<boolean> {
  const version = ctagsVersion()
  if (version === null) {
    console.error('Error: universal-ctags is not installed: on Debian, run apt-get install universal-ctags')
    return false
  }
  const all: Judged[] = []
  for (const repository of repositories.length > 0 ? repositories : ['.']) {
    const judged = await judge(resolve(repository))
    printTable(nameOf(resolve(repository)), judged)
    all.push(...judged)
  }
  if (repositories.length > 1) printTable(`All ${repositories.length} repositories`, all, false)
  console.log(`\n  Beside ${version}; target ${TARGET * 100} % of each language.`)
  return [...Map.groupBy(all, ({ language }) => language).values()].every((group) => rateOf(group) >= TARGET)
}

async function judge(path: string): Promise<Judged[]> {
  const { signal } = new AbortController()
  const source = await openLocalRepository({ path, branch: null })
  const opened = await openSnapshot({ ...source, limits: { maxRepoFiles: 100_000 }, signal })
  // A partial clone lacks its largest blobs: they are left out, as those over the limit are.
  const snapshot = { ...opened, readBlob: (oid: string) => opened.readBlob(oid).catch(() => null) }
  const facts = await extractFacts({ snapshot, name: basename(path), signal, progress: () => {} })
  const oids = new Map(snapshot.entries.map((entry) => [entry.path, entry.oid]))
  const languages = new Map<string, string>()
  const lines = new Map<string, string[]>()
  const folder = mkdtempSync(join(tmpdir(), 'docsfy-recall-'))
  try {
    for (const file of facts.files) {
      const isRead = file.role === 'source' && file.skipped === null && languageOf(file.path)?.grammar != null
      const isWanted = isRead && LANGUAGES.has(file.language ?? '')
      const bytes = isWanted ? await snapshot.readBlob(oids.get(file.path) ?? '') : null
      if (!bytes) continue
      mkdirSync(dirname(join(folder, file.path)), { recursive: true })
      writeFileSync(join(folder, file.path), bytes)
      languages.set(file.path, file.language ?? '')
      lines.set(file.path, new TextDecoder().decode(bytes).split('\n'))
    }
    return judgeTags(tagsBelow(folder), { ...facts, languages, lines })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface Known extends Pick<Facts, 'symbols' | 'entryPoints'> {
  languages: Map<string, string>
  lines: Map<string, string[]>
}

function judgeTags(tags: Tag[], { symbols, entryPoints, languages, lines }: Known): Judged[] {
  const byName = Map.groupBy(symbols, ({ range, name }) => `${range.path}\n${plainName(name)}`)
  const functions = functionsOf(tags)
  const entries = new Set(entryPoints.map(({ path }) => path))
  const seen = new Set<string>()
  return tags.flatMap((tag) => {
    const language = languages.get(tag.path) ?? ''
    const own = functions.get(tag.path) ?? new Set<string>()
    const reading: Reading = { tag, language, lines: lines.get(tag.path) ?? [], functions: own }
    const key = `${tag.path}\n${tag.line}\n${tag.name}`
    if (seen.has(key) || !isCounted(reading)) return []
    seen.add(key)
    const named = byName.get(`${tag.path}\n${plainName(tag.name)}`) ?? []
    const isFound =
      named.some((symbol) => isAt(symbol, tag.line)) ||
      (named.length > 0 && isMerged(reading)) ||
      (tag.name === 'main' && entries.has(tag.path))
    return [{ language, tag, isFound, none: isFound ? null : whyNone(reading) }]
  })
}

const FUNCTION = /^(?:function|method|func|singletonMethod|generator)$/

function functionsOf(tags: Tag[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { path, kind, name, scope } of tags) {
    if (!FUNCTION.test(kind)) continue
    const own = found.get(path) ?? new Set<string>()
    own.add(scope ? `${scope}${/::|\.(?:cc|cpp|h|hpp|rs)$/.test(scope + path) ? '::' : '.'}${name}` : name)
    found.set(path, own)
  }
  return found
}

function isAt({ range, doc }: SymbolFact, line: number): boolean {
  const start = Math.min(range.start, doc?.range.start ?? range.start)
  return line >= start - 1 && line <= range.end + 1
}

function rateOf(group: Judged[]): number {
  const counted = group.filter(({ none }) => none === null)
  return counted.length === 0 ? 1 : counted.filter(({ isFound }) => isFound).length / counted.length
}

function printTable(title: string, judged: Judged[], isListed = true): void {
  console.log(`\n${title}`)
  const columns = ['tags', 'no def.', 'counted', 'found', 'missed', 'recall']
  console.log(`  ${'language'.padEnd(12)}${columns.map((name) => name.padStart(9)).join('')}`)
  for (const [language, group] of [...Map.groupBy(judged, (one) => one.language)].sort()) {
    const none = group.filter((one) => one.none !== null)
    const missed = group.filter((one) => !one.isFound && one.none === null)
    const counted = group.length - none.length
    const figures = [group.length, none.length, counted, counted - missed.length, missed.length]
    const cells = [...figures.map(String), `${(rateOf(group) * 100).toFixed(2)} %`]
    console.log(`  ${language.padEnd(12)}${cells.map((cell) => cell.padStart(9)).join('')}`)
    if (!isListed) continue
    for (const { tag } of missed) console.log(`      miss ${tag.path}:${tag.line} ${tag.kind} ${tag.name}`)
    for (const [reason, those] of Map.groupBy(none, (one) => one.none ?? ''))
      console.log(`      ${those.length} no definition: ${reason} (${placeOf(those[0]?.tag)})`)
  }
}

function placeOf(tag: Tag | undefined): string {
  return tag ? `${tag.path}:${tag.line} ${tag.name}` : ''
}

function nameOf(path: string): string {
  return basename(path) === 'repo' ? basename(dirname(path)) : basename(path)
}
