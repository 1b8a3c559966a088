import type { FileFact, ImportFact, ReferenceFacts } from '#lib/domain/facts.ts'
import { ImportScope } from '#lib/facts/references/import-scope.ts'
import type { ReadFile } from '#lib/facts/references/name-resolver.ts'
import { numberOfText } from '#lib/facts/references/name-table.ts'
import { type References, type ReferenceTrace, referenceFacts } from '#lib/facts/references/references.ts'
import { SymbolIndex } from '#lib/facts/references/symbol-index.ts'
import type { SymbolList } from '#lib/facts/symbol-list.ts'
import { filePlaces, knownReferences } from './known-references.ts'
import { namesChanged } from './surface.ts'
import { type SymbolRuns, symbolPlaces, symbolsIn } from './symbol-places.ts'
import type { Update } from './update.ts'

interface Request {
  update: Update
  symbols: SymbolRuns
  imports: ImportFact[]
  /** Files that changed, or whose imports were resolved again. */
  redone: ReadonlySet<string>
}

interface Updated {
  references: ReferenceFacts
  names: ReferenceTrace
  index: SymbolIndex
  scope: ImportScope
  /** Files whose references were read again, those that are gone too. */
  reached: ReadonlySet<string>
}

/** References of all files; read again are those of files that look something up by a name that means something else now. */
export function updatedReferences(request: Request): Updated {
  const { update, symbols, imports, redone } = request
  const { facts: old, trace } = update.request.before
  const reached = new Set(redone)
  const { names, open } = whatChanged(request)
  addImporters(reached, open, [...old.imports, ...imports])
  addUsers(reached, names, update)
  const places = {
    symbols: symbolPlaces(update.symbolsBefore, symbols, update.changed),
    files: filePlaces(old.files, update.files),
  }
  for (;;) {
    const index = new SymbolIndex(symbols.symbols, symbols.columns, trace.packageNames)
    const scope = new ImportScope(index, update.parsed, imports)
    const again = new Set(old.files.flatMap(({ path }, at) => (reached.has(path) ? [at] : [])))
    const known = knownReferences({ ...old, trace }, { ...places, redone: again })
    const { facts, ...found } = referenceFacts(filesToRead(update, reached), { index, scope }, known)
    const size = reached.size
    addUsers(reached, typesRebuilt(request, found, reached), update)
    if (reached.size === size) return { references: facts, names: found, index, scope, reached }
  }
}

/** Names that mean something else in the files that were redone, and those of these files that pass on other files whole. */
function whatChanged({ update, symbols, imports, redone }: Request): { names: Set<string>; open: string[] } {
  const { facts: old } = update.request.before
  const { before, after } = update.records
  const names = new Set<string>()
  const open: string[] = []
  const [oldImports, nowImports] = [grouped(old.imports, redone), grouped(imports, redone)]
  for (const path of redone) {
    const same = update.changed.has(path) ? null : (update.parsed.get(path) ?? null)
    const changed = namesChanged(
      {
        symbols: symbolsIn(update.symbolsBefore, path),
        parsed: same ?? before.get(path)?.parsed ?? null,
        imports: oldImports.get(path) ?? [],
      },
      {
        symbols: symbolsIn(symbols, path),
        parsed: same ?? after.get(path)?.parsed ?? null,
        imports: nowImports.get(path) ?? [],
      },
    )
    for (const name of changed.names) names.add(name)
    if (changed.isOpen) open.push(path)
  }
  return { names, open }
}

function grouped(all: ImportFact[], wanted: ReadonlySet<string>): Map<string, ImportFact[]> {
  return Map.groupBy(
    all.filter(({ from }) => wanted.has(from)),
    ({ from }) => from,
  )
}

/** Adds every file that reaches one of these by imports. */
function addImporters(reached: Set<string>, targets: string[], imports: ImportFact[]): void {
  if (targets.length === 0) return
  const importers = Map.groupBy(imports, ({ to }) => to)
  const seen = new Set(targets)
  for (const path of seen) for (const { from } of importers.get(path) ?? []) seen.add(from)
  for (const path of seen) reached.add(path)
}

/** Adds every file that looked something up by one of these names, or by one they are passed on under. */
function addUsers(reached: Set<string>, names: ReadonlySet<string>, { request }: Update): void {
  if (names.size === 0) return
  const { trace, facts } = request.before
  const all = new Set(names)
  for (const name of all)
    for (const renamed of trace.renamed) if (renamed.startsWith(`${name} `)) all.add(renamed.slice(name.length + 1))
  const numbers = new Set([...all].map((name) => numberOfText(name)))
  for (const [file, looked] of trace.names)
    if (looked.some((number) => numbers.has(number))) reached.add(facts.files[file]?.path ?? '')
}

/** Names of types that are built on something else now: members are found in them by what they are built on. */
function typesRebuilt({ update, symbols }: Request, now: ReferenceTrace, reached: ReadonlySet<string>): Set<string> {
  const { facts: old, trace } = update.request.before
  const { symbolsBefore } = update
  const before = basesById(trace, { files: old.files, symbols: symbolsBefore.symbols }, reached)
  const after = basesById(now, { files: update.files, symbols: symbols.symbols }, reached)
  const rebuilt = [...before, ...after].filter(([id]) => before.get(id)?.bases !== after.get(id)?.bases)
  return new Set(rebuilt.map(([, { name }]) => name))
}

/** Per id of a type of these files its name and the ids of its bases, as one text. */
function basesById(
  { bases }: Pick<References, 'bases'>,
  { files, symbols }: { files: FileFact[]; symbols: SymbolList },
  wanted: ReadonlySet<string>,
): Map<string, { name: string; bases: string }> {
  const found = new Map<string, { name: string; bases: string }>()
  for (let at = 0; at < bases.length; at += 3) {
    if (!wanted.has(files[bases[at] ?? 0]?.path ?? '')) continue
    const { id = '', name = '' } = symbols.get(bases[at + 1] ?? 0) ?? {}
    const base = bases[at + 2] ?? 0
    found.set(id, { name, bases: `${found.get(id)?.bases ?? ''}\n${symbols.get(base)?.id}` })
  }
  return found
}

function filesToRead({ files, parsed }: Update, reached: ReadonlySet<string>): ReadFile[] {
  return files.flatMap(({ path, role }, at): ReadFile[] => {
    const file = reached.has(path) ? parsed.get(path) : undefined
    return file?.references ? [{ path, file, references: file.references, at, isSource: role === 'source' }] : []
  })
}
