import type { SymbolFact } from '#lib/domain/facts.ts'
import type { FileHeritage } from '#lib/facts/parse/parsed-file.ts'

interface TypeOfFile {
  symbol: SymbolFact
  /** Index in the symbols of the file. */
  index: number
}

const MAX_BODY_LINES = 400
/** Longer lines are data; expressions with several open ends must not meet them. */
const MAX_LINE_CHARS = 500

/** What the types of a file are built on, by name: `extends`, `implements`, base lists, embedded structs, trait impls. */
export function heritageOf(content: string, grammar: string, symbols: SymbolFact[]): FileHeritage[] {
  const isType = ({ kind }: SymbolFact) => /^(?:class|interface|type|enum|component)$/.test(kind)
  const types = symbols.flatMap((symbol, index) => (isType(symbol) ? [{ symbol, index }] : []))
  if (types.length === 0) return []
  if (grammar === 'go' || grammar === 'rust' || grammar === 'ruby') {
    const lines = content.split('\n')
    if (grammar === 'rust') return traitImpls(lines, symbols)
    return types.flatMap(({ symbol, index }) => [
      ...(grammar === 'ruby' ? namesIn(symbol.signature, index, grammar) : []),
      ...embedded(lines, { symbol, index }, grammar),
    ])
  }
  return types.flatMap(({ symbol, index }) => namesIn(symbol.signature, index, grammar))
}

const NAME = /[\p{L}_$][\p{L}\d_$]*(?:(?:\.|::|\\)[\p{L}_$][\p{L}\d_$]*)*/gu
const VISIBILITY = /^(?:public|private|protected|virtual|internal|metaclass|override|open|val|var|final)$/

/** Names behind `extends`, `implements`, a colon or in the brackets of a class line; type arguments are left out. */
function namesIn(signature: string, symbol: number, grammar: string): FileHeritage[] {
  const plain = withoutArguments(signature)
  const names = (part: string | undefined, relation: FileHeritage['relation']): FileHeritage[] =>
    Array.from((part ?? '').matchAll(NAME), ([name]) => name)
      .filter((name) => !VISIBILITY.test(name))
      .map((name) => ({ symbol, name, relation }))
  if (grammar === 'python')
    return names(
      /^class \w+\s*\(([^)=]*)/.exec(plain)?.[1]?.replace(/,\s*\w+$/, (rest) => (/=/.test(plain) ? '' : rest)),
      'extend',
    )
  if (grammar === 'ruby') return names(/^class [\w:]+\s*<\s*([\w:]+)/.exec(plain)?.[1], 'extend')
  if (/^(?:cpp|c|c-sharp|kotlin|swift)$/.test(grammar))
    return names(
      /\b(?:class|struct|interface|record|object|protocol)\b[^:{]*?(?<!:):(?!:)([^{]*)/
        .exec(plain)?.[1]
        ?.replace(/\bwhere\b.*/, ''),
      'extend',
    )
  const isInterface = /\binterface\b/.test(plain)
  const extended = /\bextends\s+(.*?)(?=\bimplements\b|\bpermits\b|\bwith\b|$)/.exec(plain)?.[1]
  const implemented = /\b(?:implements|with)\s+(.*?)(?=\bpermits\b|$)/.exec(plain)?.[1]
  const first = isInterface || grammar === 'java' ? extended : extended?.replace(/\(.*/, '')
  return /\b(?:class|interface|enum|record|trait|object)\b/.test(plain)
    ? [...names(first, 'extend'), ...names(implemented, 'implement')]
    : []
}

function withoutArguments(signature: string): string {
  let text = signature
  for (let depth = 0; depth < 4; depth += 1) text = text.replace(/<[^<>]*>|\[[^[\]]*\]/g, '')
  return text
}

/** Go: fields that are a type alone. Ruby: modules that are included. */
function embedded(lines: string[], { symbol: { range }, index }: TypeOfFile, grammar: string): FileHeritage[] {
  const pattern =
    grammar === 'go'
      ? /^\t\*?((?:\w+\.)?\p{Lu}\w*)(?:\[[^\]]*\])?\s*(?:`[^`]*`)?\s*(?:\/\/.*)?$/u
      : /^\s*(?:include|extend|prepend)\s+([\p{Lu}][\w:]*)\s*$/u
  return lines.slice(range.start, Math.min(range.end, range.start + MAX_BODY_LINES)).flatMap((line): FileHeritage[] => {
    const name = line.length < MAX_LINE_CHARS ? pattern.exec(line)?.[1] : undefined
    return name ? [{ symbol: index, name, relation: grammar === 'go' ? 'extend' : 'implement' }] : []
  })
}

const IMPL = /^\s*(?:unsafe\s+)?impl\b(?:<[^{]*?>)?\s+([\w:]+)(?:<.*>)?\s+for\s+&?(?:'\w+\s+)?(?:mut\s+)?([\w:]+)/

/** `impl Trait for Type`, where the type stands in the same file. */
function traitImpls(lines: string[], symbols: SymbolFact[]): FileHeritage[] {
  const byName = new Map(
    symbols.flatMap(({ name, kind }, index) => (/^(?:class|type|enum|interface)$/.test(kind) ? [[name, index]] : [])),
  )
  return lines.flatMap((line): FileHeritage[] => {
    const match = line.length < MAX_LINE_CHARS && line.includes('impl') ? IMPL.exec(line) : null
    const symbol = byName.get(match?.[2]?.split('::').at(-1) ?? '')
    return match?.[1] && symbol !== undefined ? [{ symbol, name: match[1], relation: 'implement' }] : []
  })
}
