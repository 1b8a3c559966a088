import type { ImportFact } from '#lib/domain/facts.ts'
import type { Edge } from '#lib/facts/graph.ts'
import { byText } from '#lib/facts/order.ts'
import type { ParsedFile, RawImport } from '#lib/facts/parse/parsed-file.ts'

interface Rules {
  /** Endings of the files of the language. */
  ending: RegExp
  /** Between the parts of a name. */
  separator: string
  /** Code inside `a.b` sees the names of `a` too. */
  seesEnclosing: boolean
  /** Endings of the files whose names are seen, other languages of the same platform included; by default `ending`. */
  sees?: RegExp
  /** Package of a file where the language does not write it down. */
  packageOf?: (path: string) => string | null
}

type Namespaces = Map<string, Map<string, string>>

/**
 * Resolves imports of languages in which files declare the package or namespace they belong to (Java, C#, PHP): by who
 * declares a name, wherever that file lies. Files of one package use each other without importing anything.
 */
export function namespaceResolver(parsed: Map<string, ParsedFile>, rules: Rules) {
  const { ending, separator, seesEnclosing, sees = ending, packageOf } = rules
  const namespaces = declaredIn(parsed, sees, packageOf)

  /** `a.b.C` leads to the file of `C`; `a.b.*` to each file that declares a name which is used. */
  function resolve(from: string, { specifier, names, range }: RawImport): ImportFact[] {
    const isWild = names.includes('*')
    const whole = isWild ? specifier.replace(/[.\\]\*$/, '') : specifier
    const opened = isWild ? namespaces.get(whole) : undefined
    if (opened) {
      const used = new Set(parsed.get(from)?.uses ?? [])
      const byFile = Map.groupBy(
        [...opened].filter(([name, to]) => used.has(name) && to !== from),
        ([, to]) => to,
      )
      if (byFile.size > 0)
        return [...byFile]
          .sort(([a], [b]) => byText(a, b))
          .map(([to, found]) => ({ from, to, specifier, names: found.map(([name]) => name).sort(byText), range }))
      return [{ from, to: [...opened.values()].sort(byText)[0] ?? null, specifier, names: [], range }]
    }
    const found = declaring(whole) ?? declaringInside(whole, from)
    return [{ from, to: found?.to ?? null, specifier, names: found ? [found.name] : names, range }]
  }

  /**
   * Shortens a name from the right until it is one that a file declares: nested types stand with the outer one. The
   * first `kept` parts say where the name was looked for; they are not it.
   */
  function declaring(name: string, kept = 0): { name: string; to: string } | null {
    const parts = name.split(separator)
    for (let last = parts.length - 1; last >= kept; last -= 1) {
      const to = namespaces.get(parts.slice(0, last).join(separator))?.get(parts[last] ?? '')
      if (to) return { name: parts[last] ?? '', to }
    }
    return null
  }

  /** A name may begin at any package around the file that imports it. */
  function declaringInside(name: string, from: string): { name: string; to: string } | null {
    const around = seesEnclosing ? visibleFrom(nameOf(from)) : []
    const found = around.map((outer) =>
      outer === '' ? null : declaring(outer + separator + name, outer.split(separator).length),
    )
    return found.find((one) => one !== null) ?? null
  }

  function nameOf(path: string): string {
    return (packageOf ? packageOf(path) : parsed.get(path)?.packageName) ?? ''
  }

  function references(): Edge[] {
    return [...parsed].flatMap(([from, { uses }]) => {
      if (!ending.test(from)) return []
      const visible = visibleFrom(nameOf(from)).flatMap((name) => namespaces.get(name) ?? [])
      return uses.flatMap((name) => {
        const to = visible.map((names) => names.get(name)).find((path) => path !== undefined)
        return to !== undefined && to !== from ? [{ from, to }] : []
      })
    })
  }

  function visibleFrom(namespace: string): string[] {
    if (!seesEnclosing) return [namespace]
    const parts = namespace.split(separator)
    return parts.map((_, index) => parts.slice(0, parts.length - index).join(separator))
  }

  return { resolve, references }
}

/** File of each top-level name, per namespace. */
function declaredIn(
  parsed: Map<string, ParsedFile>,
  ending: RegExp,
  packageOf?: (path: string) => string | null,
): Namespaces {
  const found: Namespaces = new Map()
  for (const [path, { packageName, symbols }] of parsed) {
    if (!ending.test(path)) continue
    const name = (packageOf ? packageOf(path) : packageName) ?? ''
    const names = found.get(name) ?? new Map<string, string>()
    for (const symbol of symbols) if (symbol.parent === null && !names.has(symbol.name)) names.set(symbol.name, path)
    found.set(name, names)
  }
  return found
}
