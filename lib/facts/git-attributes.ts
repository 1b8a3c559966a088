type Kind = 'generated' | 'vendored' | 'docs'
/** What a repository says of its own files; `not-vendored` takes back what their path would say. */
export type Declared = Kind | `not-${Kind}`

/** Many wildcards or rules would let a repository make matching slow; real files stay far below. */
const MAX_RULES = 500
const MAX_WILDCARDS = 3

const ORDER: Kind[] = ['vendored', 'generated', 'docs']

interface Rule {
  pattern: RegExp
  set: Declared
  kind: Kind
}

/** A `.gitattributes` of the repository. */
export interface AttributesFile {
  /** Directory it stands in; empty for the root. */
  dir: string
  text: string
}

/**
 * What `.gitattributes` declare about paths (linguist-generated, linguist-vendored, linguist-documentation); the last
 * match wins, so files come from the root downwards.
 */
export function gitAttributes(files: AttributesFile[]): (path: string) => Declared | null {
  const rules = files
    .flatMap(({ dir, text }) => text.split('\n').flatMap((line) => rulesOfLine(line, dir)))
    .slice(0, MAX_RULES)
  return (path) => {
    const found = new Map<Kind, Declared>()
    for (const rule of rules) if (rule.pattern.test(path)) found.set(rule.kind, rule.set)
    const said = ORDER.flatMap((kind) => found.get(kind) ?? [])
    return said.find((one) => !one.startsWith('not-')) ?? said[0] ?? null
  }
}

function rulesOfLine(line: string, dir: string): Rule[] {
  const [glob, ...attributes] = line.trim().split(/\s+/)
  if (!glob || glob.startsWith('#') || glob.length > 300) return []
  if (glob.split(/\*+|\?/).length > MAX_WILDCARDS + 1) return []
  return attributes.flatMap((attribute) => {
    const match = /^(-?)linguist-(generated|vendored|documentation)(?:=(\w+))?$/.exec(attribute)
    if (!match) return []
    const kind = match[2] === 'documentation' ? 'docs' : (match[2] as Kind)
    const isSet = match[1] !== '-' && match[3] !== 'false'
    return [{ pattern: patternOf(glob, dir), kind, set: isSet ? kind : (`not-${kind}` as const) }]
  })
}

/** Git's glob as a regular expression; runs of stars are merged so that matching stays linear in practice. */
function patternOf(glob: string, dir: string): RegExp {
  const home = dir === '' ? '' : `${dir.replace(/[.+*?^${}()|[\]\\]/g, '\\$&')}/`
  const anchored = glob.replace(/\/$/, '').includes('/')
  const body = glob
    .replace(/^\//, '')
    .replace(/\*{3,}/g, '**')
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => {
      if (part === '**/') return '(?:.*/)?'
      if (part === '**') return '.*'
      if (part === '*') return '[^/]*'
      if (part === '?') return '[^/]'
      return part.replace(/[.+^${}()|[\]\\]/g, '\\$&')
    })
    .join('')
  return new RegExp(`^${home}${anchored ? '' : '(?:.*/)?'}${body}(?:/.*)?$`)
}
