import type { ImportFact } from '#lib/domain/facts.ts'
import type { Edge } from '#lib/facts/graph.ts'
import type { ParsedFile, RawImport } from '#lib/facts/parse/parsed-file.ts'

/** Finds modules by the file that defines them; modules are used by their full name without importing anything, too. */
export function elixirResolver(parsed: Map<string, ParsedFile>) {
  const modules = new Map<string, string>()
  for (const [path, { symbols }] of parsed) {
    if (!isElixir(path)) continue
    for (const { qualified, signature } of symbols)
      if (/^def(?:module|protocol)\b/.test(signature) && !modules.has(qualified)) modules.set(qualified, path)
  }

  function resolve(from: string, { specifier, names, range }: RawImport): ImportFact[] {
    const outer = specifier.startsWith('__MODULE__') ? (parsed.get(from)?.symbols[0]?.qualified ?? '') : ''
    const name = specifier.replace(/^__MODULE__/, outer)
    return [{ from, to: modules.get(name) ?? null, specifier, names, range }]
  }

  function references(): Edge[] {
    return [...parsed].flatMap(([from, { uses }]) =>
      (isElixir(from) ? uses : []).flatMap((name) => {
        const to = name.includes('.') ? modules.get(name) : undefined
        return to !== undefined && to !== from ? [{ from, to }] : []
      }),
    )
  }

  return { resolve, references }
}

function isElixir(path: string): boolean {
  return /\.exs?$/.test(path)
}
