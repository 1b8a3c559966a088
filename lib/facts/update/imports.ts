import type { ImportFact } from '#lib/domain/facts.ts'
import { byImport } from '#lib/facts/assemble-facts.ts'
import { javascriptResolver } from '#lib/facts/imports/javascript.ts'
import { isPathGrammar, pathResolvers } from '#lib/facts/imports/resolve.ts'
import { isKeptText } from '#lib/facts/kept-texts.ts'
import { languageOf } from '#lib/facts/languages.ts'
import { manifestsOf } from '#lib/facts/manifests.ts'
import type { Update } from './update.ts'

interface Updated {
  imports: ImportFact[]
  resolved: {
    /** Files whose imports were resolved again, those that are gone too. */
    paths: Set<string>
    /** Imports of these files, of before and of now. */
    facts: ImportFact[]
    /** Whether any of them leads elsewhere than before, or is new. */
    isOther: boolean
    /** Whether any of them stands elsewhere, or is other than before. */
    isMoved: boolean
  }
}

/** Imports of all files; resolved again are those of changed files, and those that led to a file that is gone. */
export function updatedImports(update: Update): Updated {
  const { request, changed, removed, parsed } = update
  const old = request.before.facts.imports
  const paths = new Set(changed)
  for (const { from, to } of old) if (to !== null && removed.has(to)) paths.add(from)
  const before = old.filter(({ from }) => paths.has(from))
  const resolve = resolver(update, before)
  const now = update.files.flatMap(({ path }): ImportFact[] => {
    const file = paths.has(path) ? parsed.get(path) : undefined
    const grammar = file && (file.grammar ?? languageOf(path)?.grammar)
    return file && grammar && isPathGrammar(grammar) ? file.imports.flatMap((raw) => resolve()[grammar](path, raw)) : []
  })
  const imports = [...old.filter(({ from }) => !paths.has(from)), ...now].sort(byImport)
  return {
    imports,
    resolved: {
      paths,
      facts: [...before, ...now],
      isOther: linesOf(before) !== linesOf(now),
      isMoved: JSON.stringify(before) !== JSON.stringify(now.sort(byImport)),
    },
  }
}

function linesOf(imports: ImportFact[]): string {
  return imports
    .map(({ from, to, specifier, names }) => JSON.stringify([from, to, specifier, names]))
    .sort()
    .join('\n')
}

/** What a file imported before leads where it did; only for what is new manifests are read. */
function resolver({ removed, paths, files, parsed }: Update, before: ImportFact[]) {
  const known = new Map(
    before.flatMap(({ from, specifier, to }) =>
      to !== null && removed.has(to) ? [] : [[`${from}\n${specifier}`, to]],
    ),
  )
  let viaManifests: ReturnType<typeof javascriptResolver> | null = null
  const javascript = (specifier: string, from: string) => {
    const to = known.get(`${from}\n${specifier}`)
    if (to !== undefined) return to
    if (!viaManifests) {
      const texts = new Map(files.flatMap(({ path }) => (isKeptText(path) ? [[path, parsed.text(path) ?? '']] : [])))
      viaManifests = javascriptResolver(paths, manifestsOf(texts, () => true, paths).npm, texts)
    }
    return viaManifests.resolve(specifier, from)
  }
  let resolvers: ReturnType<typeof pathResolvers> | null = null
  return () => {
    resolvers ??= pathResolvers(paths, javascript)
    return resolvers
  }
}
