import type { ImportFact } from '#lib/domain/facts.ts'
import type { RawImport } from '#lib/facts/parse/parsed-file.ts'

/** Finds `require("a.b")`: the file `a/b.lua` or `a/b/init.lua` below any directory that Lua may be told to search. */
export function luaResolver(paths: ReadonlySet<string>) {
  const byName = Map.groupBy(
    [...paths].filter((path) => path.endsWith('.lua')),
    (path) => path.slice(path.lastIndexOf('/') + 1),
  )

  return function resolve(from: string, { specifier, names, range }: RawImport): ImportFact[] {
    const path = specifier.replaceAll('.', '/')
    const found = [`${path}.lua`, `${path}/init.lua`].flatMap((file) => {
      const named = byName.get(file.slice(file.lastIndexOf('/') + 1)) ?? []
      return named.filter((one) => one === file || one.endsWith(`/${file}`))
    })
    const to = found.sort((a, b) => shared(b, from) - shared(a, from) || a.length - b.length || (a < b ? -1 : 1))[0]
    return [{ from, to: to ?? null, specifier, names, range }]
  }
}

/** Number of leading characters two paths have in common, in whole directories. */
function shared(a: string, b: string): number {
  const [first, second] = [a.split('/'), b.split('/')]
  const end = first.findIndex((part, index) => part !== second[index])
  return end === -1 ? first.length : end
}
