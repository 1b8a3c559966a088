import type { Facts, ParameterFact, SymbolFact } from '#lib/domain/facts.ts'
import { factsIndex } from './facts-index.ts'
import { code } from './markdown.ts'
import { quoting } from './quoting.ts'
import { firstSentence, listOf, sentence, shorten } from './wording.ts'

const SHOWN_MEMBERS = 4
const SHOWN_PARAMETERS = 4
const LONGEST_TYPE = 60
const LONGEST_SUMMARY = 220

/** What a symbol is, as safe Markdown: the first sentence of its doc comment, else what its declaration says. */
export function describeSymbol(facts: Facts, symbol: SymbolFact): string {
  const index = factsIndex(facts)
  const summary = firstSentence(symbol.doc?.summary ?? '')
  if (/\p{L}{2}.*\s.*\p{L}{2}/u.test(summary)) {
    const language = index.files.get(symbol.range.path)?.language ?? null
    return sentence(quoting(index, language).inline(shorten(summary, LONGEST_SUMMARY)))
  }
  return fromDeclaration(facts, symbol)
}

function fromDeclaration(facts: Facts, symbol: SymbolFact): string {
  const members = (factsIndex(facts).members.get(symbol.id) ?? []).map((member) => code(writtenName(member)))
  if (members.length > 0) return `Has ${listOf([...new Set(members)], SHOWN_MEMBERS)}.`
  if (/^(?:function|method|component)$/.test(symbol.kind)) return callText(symbol)
  const right = /^[^=]*?[^=!<>]=\s*([^=>\s].*)$/.exec(withoutGenerics(symbol.signature))?.[1] ?? ''
  const [, parts, whole = right] = PARTS.exec(symbol.signature) ?? []
  const value = whole.replace(/;$/, '')
  const stands = parts === undefined ? value : partOf(value, symbol.name, parts)
  return stands !== '' && stands.length <= LONGEST_TYPE ? `Stands for ${code(stands)}.` : ''
}

/** `const { a, b: c } = whole`: each name stands for a part. */
const PARTS = /^(?:export )?(?:const|let|var) \{([^{}]*)\} = (.*)$/s

function partOf(whole: string, name: string, parts: string): string {
  const [key = '', given = key] =
    parts
      .split(',')
      .map((part) => part.split(':').map((side) => side.replace(/=.*$/s, '').trim()))
      .find((sides) => sides.at(-1) === name) ?? []
  return given === name && /^[\w$.]+$/.test(whole) && /^[\w$]+$/.test(key) ? `${whole}.${key}` : ''
}

/** Type parameters may have defaults, which are not what a type stands for. */
function withoutGenerics(signature: string): string {
  const open = /^(?:export )?type [\w$]+</.exec(signature)?.[0].length
  if (!open) return signature
  let depth = 1
  let end = open
  for (; end < signature.length && depth > 0; end += 1) {
    if (signature[end] === '<') depth += 1
    else if (signature[end] === '>' && signature[end - 1] !== '=') depth -= 1
  }
  return signature.slice(0, open - 1) + signature.slice(end)
}

/** A property of PHP is written with its sign. */
function writtenName({ name, kind, range }: SymbolFact): string {
  return kind === 'property' && range.path.endsWith('.php') ? `$${name.replace(/^\$/, '')}` : name
}

function callText({ params, returns }: SymbolFact): string {
  const takes = params.map(nameOf).filter((name) => name !== '')
  const gives =
    returns !== null && returns.length <= LONGEST_TYPE && !/^(?:void|None|\(\))$/.test(returns) ? returns : ''
  const parts = [
    takes.length > 0 && `takes ${listOf(takes.map(code), SHOWN_PARAMETERS)}`,
    gives !== '' && `returns ${code(gives)}`,
  ].filter((part) => part !== false)
  const text = parts.join(' and ')
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** Destructured parameters have no name a reader could use. */
function nameOf({ name }: ParameterFact): string {
  return /^[\w$.*&]+$/.test(name) && name !== 'self' && name !== '_' ? name : ''
}
