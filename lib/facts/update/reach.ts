import type { FileFact } from '#lib/domain/facts.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import type { KnownFacts } from '#lib/facts/cache/facts-parts.ts'
import type { KnownPaths } from '#lib/facts/imports/known-paths.ts'
import { dirOf } from '#lib/facts/imports/paths.ts'
import { isPathGrammar } from '#lib/facts/imports/resolve.ts'
import { nextRoutes } from '#lib/facts/interfaces/routes-next.ts'
import { mayBeUsed } from '#lib/facts/interfaces/used-in.ts'
import { isKeptText } from '#lib/facts/kept-texts.ts'
import { languageOf } from '#lib/facts/languages.ts'
import { emptyParsedFile, type ParsedFile } from '#lib/facts/parse/parsed-file.ts'
import type { FileRecord } from '#lib/facts/read-record.ts'
import { isPrivateModule } from '#lib/facts/symbols.ts'
import type { Trace } from '#lib/facts/trace.ts'
import { type Changes, changedPaths, changesBetween } from './changes.ts'

interface Known {
  facts: KnownFacts
  trace: Pick<Trace, 'needed'>
  paths: KnownPaths
}

/**
 * Whether what changed may reach further than names and imports do: then everything is put together anew. Manifests,
 * documents, languages whose files see each other without paths, and what people and programs use of the code do.
 */
export function reachesEverything(changes: Changes, records: Records, known: Known): boolean {
  return (
    changedPaths(changes).some((path) => isCommon(path) || isOther(path, records)) ||
    changes.added.some((path) => isLookedFor(path, known)) ||
    changes.removed.some((path) => known.trace.needed.has(path)) ||
    [...changes.added, ...changes.removed].some((path) => isListed(path, changes, known)) ||
    changedPaths(changes).some((path) => offersOther(path, records, known.facts))
  )
}

/** With more changed, putting everything together anew takes no longer. */
const MOST_CHANGED = 200

/** Whether so little changed, and nothing that speaks for other files, that known facts are worth reading. */
export function isSmallChange(files: FileFact[], { entries }: Pick<Snapshot, 'entries'>): boolean {
  const changed = changedPaths(changesBetween(files, entries))
  return changed.length <= MOST_CHANGED && !changed.some(isCommon)
}

/** What changed files said before and say now. */
export interface Records {
  before: ReadonlyMap<string, FileRecord>
  after: ReadonlyMap<string, FileRecord>
}

const MAY_BE_INCLUDED = /\.(?:h|hh|hpp|hxx|inl|ipp|tpp|inc|def)(?:\.in)?$/i

/** Files that speak for others. */
function isCommon(path: string): boolean {
  const { grammar, name = '' } = languageOf(path) ?? {}
  return (
    /^(?:Markdown|reStructuredText)$/.test(name) ||
    isKeptText(path) ||
    path.endsWith('.gitattributes') ||
    MAY_BE_INCLUDED.test(path) ||
    isPrivateModule(path) ||
    (grammar != null && !isPathGrammar(grammar))
  )
}

/** A document, or a file that became something else. */
function isOther(path: string, { before, after }: Records): boolean {
  const [old, now] = [before.get(path), after.get(path)]
  const isBound = (record: FileRecord | undefined) =>
    record?.document != null || (record?.parsed?.grammar != null && !isPathGrammar(record.parsed.grammar))
  if (isBound(old) || isBound(now)) return true
  if (!old || !now) return false
  return (
    old.fact.role !== now.fact.role ||
    old.fact.language !== now.fact.language ||
    old.fact.skipped !== now.fact.skipped ||
    (old.parsed === null) !== (now.parsed === null)
  )
}

function isLookedFor(path: string, { paths }: Known): boolean {
  return paths.mayHaveMissed(path)
}

/** Languages that look through all paths, or for which folders count. */
function isListed(path: string, { added }: Changes, { facts, paths }: Known): boolean {
  if (/\.(?:rb|lua|rs|sh|bash)$/.test(path) || path.endsWith('__init__.py')) return true
  // Scripts of the shell find a file by its name alone, wherever it stands.
  if (facts.imports.some(({ from }) => (languageOf(from)?.grammar ?? 'bash') === 'bash')) return true
  if (!/\.pyi?$/.test(path)) return false
  // Only a folder that had modules before is one where they are looked for.
  const isNew = new Set(added)
  const isBeside = (other: string) => other.endsWith('.py') && dirOf(other) === dirOf(path) && !isNew.has(other)
  return facts.routes.length > 0 || ![...paths].some((other) => other !== path && isBeside(other))
}

/** Whether a file offers people and programs something else, or uses what others offer elsewhere. */
function offersOther(path: string, { before, after }: Records, facts: KnownFacts): boolean {
  const [old, now] = [before.get(path), after.get(path)]
  const routes = (record: FileRecord | undefined) =>
    record?.fact.role === 'source' ? nextRoutes(record.parsed?.symbols ?? []) : []
  const [oldParsed, nowParsed] = [old?.parsed ?? emptyParsedFile(), now?.parsed ?? emptyParsedFile()]
  if (JSON.stringify(routes(old)) !== JSON.stringify(routes(now))) return true
  if (JSON.stringify(offered(oldParsed)) !== JSON.stringify(offered(nowParsed))) return true
  const places = (parsed: ParsedFile) => new Map(parsed.mentions.map((one) => [`${one.line} ${one.name}`, one.name]))
  const [oldPlaces, nowPlaces] = [places(oldParsed), places(nowParsed)]
  const moved = [
    ...[...oldPlaces].filter(([place]) => !nowPlaces.has(place)),
    ...[...nowPlaces].filter(([place]) => !oldPlaces.has(place)),
  ]
  return mayBeUsed(
    moved.map(([, name]) => name),
    facts,
  )
}

/** All that `interfacesOf` may read of a file; what it cannot, and mentions, are left out. */
function offered(parsed: ParsedFile): Partial<ParsedFile> {
  const {
    header,
    symbols,
    imports,
    references,
    tests,
    uses,
    selected,
    hasErrors,
    mentions,
    offered: _,
    ...rest
  } = parsed
  return rest
}
