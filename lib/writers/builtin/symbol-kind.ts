import type { SymbolFact } from '#lib/domain/facts.ts'

/** Words that a language has for a kind: what is said of a symbol is what its code says. */
const WORD = /(?:^|[\s(])(trait|struct|union|enum|protocol|record|namespace|object|actor|macro)(?=\s)/g

/** What a symbol is, in the word its own language has for it: `trait` instead of interface, `struct` instead of type. */
export function kindName({ kind, name, signature }: Pick<SymbolFact, 'kind' | 'name' | 'signature'>): string {
  if (!/^(?:type|interface|class|enum|namespace)$/.test(kind)) return kind
  const at = signature.indexOf(name)
  const head = signature.slice(0, at < 0 ? signature.length : at)
  return [...head.matchAll(WORD)].at(-1)?.[1] ?? kind
}
