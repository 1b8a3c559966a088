import type { SourceRange } from '#lib/domain/facts.ts'

/** Between the version of a writer and a hash of what its owner asked for. */
export const WISHES_MARK = ', as asked for: '

/** A fact a page was made from: its name (`src/auth.ts#login`, `package.json`) and a hash of each side of it. */
export interface ManifestFact {
  fact: string
  /** What the page uses of it (`signatures`, `summary` …) → first 8 hex digits of its SHA-256. */
  sides: Record<string, string>
}

/** What a page is made from. Lines are kept apart from facts: a fact that only moved is the same fact. */
export interface PageManifest {
  /** Version of the writer, with what it was asked for. */
  writer: string
  /** SHA-256 hex over the writer's version and every fact, without lines: the same fingerprint means the same text. */
  fingerprint: string
  /** Where the facts stand, in the order of the facts. Equal fingerprints have places that belong together one by one. */
  places: SourceRange[]
  /** Made when it is asked for: most pages of an update never need it. */
  facts(): ManifestFact[]
}

/** Why a page is written anew: one fact, and what happened to it. */
export interface FactChange {
  fact: string
  change: string
}

/** What differs between two lists of facts, in words for people; the weightiest first. */
export function changedFacts(before: ManifestFact[], after: ManifestFact[]): FactChange[] {
  const old = new Map(before.map(({ fact, sides }) => [fact, sides]))
  const now = new Map(after.map(({ fact, sides }) => [fact, sides]))
  const changed = after.flatMap(({ fact, sides }) => {
    const known = old.get(fact)
    if (!known) return [{ fact, change: 'added' }]
    const names = new Set([...Object.keys(known), ...Object.keys(sides)])
    const differing = [...names].filter((side) => known[side] !== sides[side])
    return differing.length === 0 ? [] : [{ fact, change: inWords(differing) }]
  })
  const removed = before.filter(({ fact }) => !now.has(fact)).map(({ fact }) => ({ fact, change: 'removed' }))
  return [...changed, ...removed].sort(
    (a, b) => weight(a) - weight(b) || (a.fact < b.fact ? -1 : a.fact > b.fact ? 1 : 0),
  )
}

/** The sides of facts, by the names that writers give them, as people say them; the weightiest first. */
const WORDS: [side: string, word: string][] = [
  ['signatures', 'signature'],
  ['signature', 'signature'],
  ['default', 'default'],
  ['params', 'parameters'],
  ['returns', 'return value'],
  ['raises', 'errors'],
  ['deprecated', 'deprecation'],
  ['type', 'type'],
  ['command', 'command'],
  ['summary', 'description'],
  ['summaries', 'description'],
  ['body', 'description'],
  ['doc', 'description'],
  ['help', 'description'],
  ['text', 'text'],
  ['parts', 'text'],
  ['summaryAt', 'description'],
  ['header', 'header comment'],
  ['headerAt', 'header comment'],
  ['purpose', 'header comment'],
  ['examples', 'examples'],
  ['properties', 'members'],
  ['names', 'public names'],
  ['importedBy', 'users'],
  ['moreImporters', 'users'],
  ['usedAt', 'users'],
  ['usedIn', 'users'],
  ['moreUsers', 'users'],
  ['users', 'users'],
  ['importers', 'users'],
  ['testedIn', 'tests'],
  ['imports', 'imports'],
  ['count', 'number of imports'],
  ['slug', 'page that explains it'],
  ['citation', 'file'],
  ['range', 'file'],
  ['example', 'file'],
]
const ORDER = new Map([...new Set(WORDS.map(([, word]) => word))].map((word, at) => [word, at]))

function inWords(sides: string[]): string {
  const words = new Set(sides.map((side) => WORDS.find(([name]) => name === side)?.[1] ?? spaced(side)))
  const sorted = [...words].sort((a, b) => (ORDER.get(a) ?? ORDER.size) - (ORDER.get(b) ?? ORDER.size))
  return `${sorted.slice(0, 3).join(', ')} changed`
}

/** `moreModules` → `more modules`. */
function spaced(side: string): string {
  return side.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function weight({ change }: FactChange): number {
  if (change === 'added' || change === 'removed') return 1
  const first = change.replace(/(?:,.*)? changed$/, '')
  return first === 'signature' ? 0 : 2 + (ORDER.get(first) ?? ORDER.size)
}
