import type { FileFact, ReferenceFacts, SymbolFact, TestFact } from '#lib/domain/facts.ts'
import type { TreeEntry } from '#lib/domain/snapshot.ts'
import { type Assembled, languagesOf } from '#lib/facts/assemble-facts.ts'
import { type CollectRequest, isCode, readRecords, skippedFiles } from '#lib/facts/collect.ts'
import { declaredRoles } from '#lib/facts/discovery.ts'
import { KnownPaths } from '#lib/facts/imports/known-paths.ts'
import { leadsRoutes } from '#lib/facts/interfaces/compose-routes.ts'
import type { ParsedFile } from '#lib/facts/parse/parsed-file.ts'
import type { FileRecord } from '#lib/facts/read-record.ts'
import { offeredBy, offeredFacts } from '#lib/facts/references/offered-names.ts'
import { repoTypeOf } from '#lib/facts/repo-type.ts'
import { type FactsButSymbols, type SymbolList, withSymbols } from '#lib/facts/symbol-list.ts'
import { isPrivateModule, symbolFacts } from '#lib/facts/symbols.ts'
import { testFacts } from '#lib/facts/tests.ts'
import { unreadEntries } from '#lib/facts/unread-entries.ts'
import { type Changes, changedPaths, changesBetween } from './changes.ts'
import { updatedExamples } from './examples.ts'
import { updatedImports } from './imports.ts'
import { LazyRecords, RecordGone, takeRecord } from './lazy-records.ts'
import { updatedModules } from './modules.ts'
import { reachesEverything } from './reach.ts'
import { updatedReferences } from './references.ts'
import { updatedShape } from './shape.ts'
import { inRuns, replacedSymbols } from './symbol-places.ts'
import type { Update, UpdateRequest } from './update.ts'

/**
 * Facts of a commit from those of another one: only what changed is read, and only what that can reach is resolved again.
 * The result is what reading everything gives; null when everything must be put together for that. Throws as `collect`.
 */
export async function updatedFacts(request: UpdateRequest): Promise<Assembled | null> {
  const { snapshot, limits, cache, before } = request
  const { facts: old, trace } = before
  const changes = changesBetween(old.files, snapshot.entries)
  if (snapshot.entries.length > limits.maxFiles) return null
  const declared = await declaredRoles(snapshot)
  try {
    const known = new Map(
      [...changes.before.values()].map((fact) => [fact.path, takeRecord(fact, { cache, declared })]),
    )
    const read = await readRecords(request, changes.written)
    const fresh = new Map(read.map((record) => [record.fact.path, record]))
    const files = filesNow(changes, snapshot.entries, fresh)
    const records = { before: known, after: fresh }
    const paths = new KnownPaths(
      files.map(({ path }) => path),
      trace.misses,
    )
    if (isOverBudget(files, declared, limits) || reachesEverything(changes, records, { facts: old, trace, paths }))
      return null
    const parsed = new LazyRecords({ cache, files, declared, fresh })
    cache.touch(files.length, () => files.map(({ path, oid }) => ({ path, oid, declared: declared(path) })))
    const changed = new Set(changedPaths(changes))
    return put({
      request,
      files,
      records,
      changed,
      removed: new Set(changes.removed),
      parsed,
      paths,
      symbolsBefore: inRuns(before.symbols, trace.symbols),
    })
  } catch (error) {
    if (error instanceof RecordGone) return null
    throw error
  }
}

function filesNow({ same }: Changes, entries: TreeEntry[], fresh: ReadonlyMap<string, FileRecord>): FileFact[] {
  return entries.map(({ path }, at) => {
    const fact = same[at] ?? fresh.get(path)?.fact
    if (!fact) throw new RecordGone(path)
    return fact
  })
}

function isOverBudget(
  files: FileFact[],
  declared: Awaited<ReturnType<typeof declaredRoles>>,
  { maxParsedBytes }: CollectRequest['limits'],
): boolean {
  // Which files are code takes longer to tell than how large all are.
  if (files.reduce((sum, { bytes }) => sum + bytes, 0) <= maxParsedBytes) return false
  return files.reduce((sum, file) => (isCode(file, declared(file.path)) ? sum + file.bytes : sum), 0) > maxParsedBytes
}

function put(update: Update): Assembled | null {
  const { request, files, changed, parsed, paths } = update
  const { snapshot, before } = request
  const { facts: old, trace } = before
  const languages = languagesOf(files)
  // Of several manifests that of the main language describes the project.
  if (languages[0]?.language !== old.languages[0]?.language) return null
  const { imports, resolved } = updatedImports(update)
  if (resolved.isOther && (trace.followsImports || resolved.facts.some(leadsRoutes))) return null
  if (resolved.facts.some(({ to }) => to !== null && isPrivateModule(to))) return null
  const placed = replacedSymbols(update.symbolsBefore, changed, symbolsWritten(update))
  const { references, names, scope, index, reached } = updatedReferences({
    update,
    symbols: placed,
    imports,
    redone: resolved.paths,
  })
  const offering = trace.offering.map((entry) =>
    [...entry.files].some((path) => resolved.paths.has(path)) ? offeredBy(entry, { parsed, index, scope }) : entry,
  )
  const offered = offeredFacts(offering)
  const { documents, manifests } = old
  const { fileRank, shape } = updatedShape({
    update,
    imports: { facts: imports, isOther: resolved.isOther },
    symbols: placed,
    references,
    reached,
  })
  const { repoType, reasons } = repoTypeOf({ ...old, files })
  const facts: FactsButSymbols = {
    ...old,
    commit: snapshot.commit,
    committedAt: snapshot.committedAt,
    repoType,
    repoTypeReasons: reasons,
    languages,
    files,
    modules: updatedModules(update, { files, imports, fileRank, documents, manifests: trace }, resolved.isMoved),
    imports,
    references,
    offered,
    tests: testsNow(update, { references, symbols: placed.symbols }, reached),
    examples: updatedExamples(update, { files, documents, table: placed, references, offered, manifests }, reached),
    fileRank,
    shape,
    limits: [...skippedFiles(files), ...unreadEntries(snapshot)],
  }
  const renamed = new Set([...trace.renamed, ...scope.renamed])
  return {
    facts: withSymbols(facts, placed.symbols),
    symbols: placed.symbols,
    trace: { ...trace, ...names, symbols: placed.columns, misses: paths.misses, renamed, offering },
  }
}

/** Symbols of changed source files: the rules that look at other files do not reach their languages. */
function symbolsWritten({ files, changed, records }: Update): SymbolFact[] {
  const written = files.filter(({ path }) => changed.has(path))
  const parsed = new Map<string, ParsedFile>()
  for (const { path } of written) {
    const file = records.after.get(path)?.parsed
    if (file) parsed.set(path, file)
  }
  return symbolFacts({ files: written, parsed, documents: [], texts: new Map(), limits: [] }, [], new Map())
}

function testsNow(
  { files, request, parsed }: Update,
  { references, symbols }: { references: ReferenceFacts; symbols: SymbolList },
  reached: ReadonlySet<string>,
): TestFact[] {
  const known = new Map(request.before.facts.tests.map((test) => [test.path, test]))
  const get = (path: string) => (reached.has(path) ? parsed.get(path) : undefined)
  const redone = new Map(testFacts({ files, parsed: { get } }, references, symbols).map((test) => [test.path, test]))
  return files.flatMap(({ path }) => (reached.has(path) ? redone.get(path) : known.get(path)) ?? [])
}
