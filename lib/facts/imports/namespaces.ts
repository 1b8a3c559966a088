import type { ImportFact, SymbolFact } from '#lib/domain/facts.ts'
import type { Edge } from '#lib/facts/graph.ts'
import { byText } from '#lib/facts/order.ts'
import type { ParsedFile, RawImport } from '#lib/facts/parse/parsed-file.ts'
import { nearest } from './paths.ts'

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
  /** Whether what stands at the top of a file is known by its name alone; by default all is. */
  isNamed?: (symbol: SymbolFact) => boolean
}

/** A name that more files of one namespace declare says little. */
const MAX_RIVALS = 50

type Namespaces = Map<string, Map<string, string>>

/** Who declares a name of a namespace first, and the others who do: builds of one repository may use the same names. */
interface Declared {
  namespaces: Namespaces
  others: Map<string, string[]>
}

/**
 * Resolves imports of languages in which files declare the package or namespace they belong to (Java, C#, PHP): by who
 * declares a name, wherever that file lies. Files of one package use each other without importing anything.
 */
export function namespaceResolver(parsed: Map<string, ParsedFile>, rules: Rules) {
  const { ending, separator, seesEnclosing } = rules
  const { namespaces, others } = declaredIn(parsed, rules)

  /** `a.b.C` leads to the file of `C`; `a.b.*` to each file that declares a name which is used. */
  function resolve(from: string, { specifier, names, range }: RawImport): ImportFact[] {
    const isWild = names.includes('*')
    const whole = isWild ? specifier.replace(/[.\\]\*$/, '') : specifier
    const opened = isWild ? namespaces.get(whole) : undefined
    if (opened) {
      const used = new Set(parsed.get(from)?.uses ?? [])
      const known = [...opened]
        .filter(([name]) => used.has(name))
        .map(([name, to]) => [name, near(from, [whole, name, to])])
      const byFile = Map.groupBy(
        known.filter(([, to]) => to !== from),
        ([, to = '']) => to,
      )
      if (byFile.size > 0)
        return [...byFile]
          .sort(([a], [b]) => byText(a, b))
          .map(([to, found]) => ({ from, to, specifier, names: found.map(([name = '']) => name).sort(byText), range }))
      return [{ from, to: [...opened.values()].sort(byText)[0] ?? null, specifier, names: [], range }]
    }
    const found = declaring(whole, from) ?? declaringInside(whole, from)
    return [{ from, to: found?.to ?? null, specifier, names: found ? [found.name] : names, range }]
  }

  /**
   * Shortens a name from the right until it is one that a file declares: nested types stand with the outer one. The
   * first `kept` parts say where the name was looked for; they are not it.
   */
  function declaring(name: string, from: string, kept = 0): { name: string; to: string } | null {
    const parts = name.split(separator)
    for (let last = parts.length - 1; last >= kept; last -= 1) {
      const [namespace, own] = [parts.slice(0, last).join(separator), parts[last] ?? '']
      const to = namespaces.get(namespace)?.get(own)
      if (to) return { name: own, to: near(from, [namespace, own, to]) }
    }
    return null
  }

  /** A name may begin at any package around the file that imports it. */
  function declaringInside(name: string, from: string): { name: string; to: string } | null {
    const around = seesEnclosing ? visibleFrom(nameOf(from)) : []
    const found = around.map((outer) =>
      outer === '' ? null : declaring(outer + separator + name, from, outer.split(separator).length),
    )
    return found.find((one) => one !== null) ?? null
  }

  /** Of several files that declare a name of a namespace the nearest. */
  function near(from: string, [namespace, name, first]: [string, string, string]): string {
    const rivals = others.get(`${namespace}\n${name}`)
    return rivals ? nearest(from, [first, ...rivals]) : first
  }

  function nameOf(path: string): string {
    const { packageOf } = rules
    return (packageOf ? packageOf(path) : parsed.get(path)?.packageName) ?? ''
  }

  function references(): Edge[] {
    return [...parsed].flatMap(([from, { uses }]) => {
      if (!ending.test(from)) return []
      const visible = visibleFrom(nameOf(from)).filter((name) => namespaces.has(name))
      return uses.flatMap((name) => {
        const around = visible.find((one) => namespaces.get(one)?.has(name))
        const first = around === undefined ? undefined : namespaces.get(around)?.get(name)
        if (around === undefined || first === undefined) return []
        const to = near(from, [around, name, first])
        return to !== from ? [{ from, to }] : []
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
  { ending, sees = ending, packageOf, isNamed = () => true }: Rules,
): Declared {
  const found: Namespaces = new Map()
  const others = new Map<string, string[]>()
  for (const [path, { packageName, symbols }] of parsed) {
    if (!sees.test(path)) continue
    const name = (packageOf ? packageOf(path) : packageName) ?? ''
    const names = found.get(name) ?? new Map<string, string>()
    for (const symbol of symbols) {
      if (symbol.parent !== null || !isNamed(symbol)) continue
      const first = names.get(symbol.name)
      if (first === undefined) names.set(symbol.name, path)
      else if (first !== path) addTo(others, `${name}\n${symbol.name}`, path)
    }
    found.set(name, names)
  }
  return { namespaces: found, others }
}

function addTo(lists: Map<string, string[]>, key: string, value: string): void {
  const known = lists.get(key)
  if (known?.at(-1) === value || (known && known.length >= MAX_RIVALS)) return
  if (known) known.push(value)
  else lists.set(key, [value])
}
