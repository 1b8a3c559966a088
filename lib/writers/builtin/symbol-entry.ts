import { cite } from '#lib/domain/citations.ts'
import type { Facts, SourceRange, SymbolFact } from '#lib/domain/facts.ts'
import { type FactsIndex, factsIndex, fenceLanguage } from './facts-index.ts'
import { blocks, bullets, code, fence, heading, table } from './markdown.ts'
import { type Quoting, quoting } from './quoting.ts'
import { symbolCitation } from './ranges.ts'
import { toldAt } from './same-text.ts'
import { wrapSignature } from './signature.ts'
import { byText, count, firstSentence, listOf, sentence } from './wording.ts'

/** Everything the reference says about one name. Texts by others are safe Markdown already. */
export interface SymbolEntry {
  name: string
  kind: SymbolFact['kind']
  signatures: string[]
  language: string
  summary: string
  body: string
  /** Where the same text is shown in full; then `summary` is its first sentence and `body` empty. */
  toldAt: { name: string; path: string } | null
  deprecated: string
  params: { name: string; type: string; default: string; doc: string }[]
  returns: string
  raises: string[]
  examples: string[]
  properties: { signature: string; doc: string; citation: SourceRange }[]
  citation: SourceRange
  importedBy: SourceRange[]
  moreImporters: number
  testedIn: string[]
  members: SymbolEntry[]
}

const SHOWN_IMPORTERS = 3
const SHOWN_TESTS = 2

/** Entries of the symbols in order; declarations of the same name (overloads, accessors) share one. */
export function selectEntries(facts: Facts, symbols: SymbolFact[]): SymbolEntry[] {
  const index = factsIndex(facts)
  return [...Map.groupBy(symbols, (symbol) => symbol.qualified).values()].map((same) => selectEntry(index, same, facts))
}

function selectEntry(index: FactsIndex, same: SymbolFact[], facts: Facts): SymbolEntry {
  const symbol = same.find((one) => one.doc) ?? (same[0] as SymbolFact)
  const language = index.files.get(symbol.range.path)?.language ?? null
  const quote = quoting(index, language)
  const members = same.flatMap((one) => index.members.get(one.id) ?? [])
  const importers = importersOf(index, symbol)
  const { doc } = symbol
  const elsewhere = toldAt(facts, symbol)
  return {
    name: symbol.qualified,
    kind: symbol.kind,
    signatures: [...new Set(same.map((one) => one.signature))],
    language: fenceLanguage(language),
    summary: quote.inline(elsewhere ? firstSentence(doc?.summary ?? '') : (doc?.summary ?? '')),
    body: elsewhere ? '' : quote.block(doc?.body ?? ''),
    toldAt: elsewhere && { name: elsewhere.qualified, path: elsewhere.range.path },
    deprecated: quote.inline(doc?.deprecated ?? ''),
    params: paramsOf(symbol, quote, elsewhere),
    returns: quote.inline(doc?.returns ?? ''),
    raises: (doc?.raises ?? []).map(quote.inline).filter((text) => text !== ''),
    examples: (doc?.examples ?? [])
      .map((example) => exampleBlock(example, language, quote))
      .filter((text) => text !== ''),
    properties: members
      .filter((member) => member.kind === 'property')
      .map((member) => ({
        signature: member.signature,
        doc: quote.inline(member.doc?.summary ?? ''),
        citation: symbolCitation(member),
      })),
    citation: symbolCitation(symbol),
    importedBy: importers.slice(0, SHOWN_IMPORTERS),
    moreImporters: Math.max(0, importers.length - SHOWN_IMPORTERS),
    testedIn: (index.testsOf.get(symbol.id) ?? []).slice(0, SHOWN_TESTS),
    members: selectEntries(
      facts,
      members.filter((member) => member.kind !== 'property'),
    ),
  }
}

/** The section of one name: heading, signature, meaning, parameters, results, examples, users, then its members. */
export function composeEntry(entry: SymbolEntry, level: number): string {
  return blocks(
    heading(level, code(entry.name)),
    fence(entry.signatures.map(wrapSignature).join('\n'), entry.language),
    leadOf(entry),
    entry.deprecated && `**Deprecated.** ${sentence(entry.deprecated)}`,
    entry.toldAt &&
      `The rest of the description is the same as at ${code(entry.toldAt.name)} in ${code(entry.toldAt.path)}.`,
    entry.body,
    parameterTable(entry),
    entry.returns && `Returns: ${sentence(entry.returns)}`,
    entry.raises.length > 0 && `Raises:\n\n${bullets(entry.raises.map(sentence))}`,
    entry.examples.length > 0 && blocks(entry.examples.length === 1 ? 'Example:' : 'Examples:', ...entry.examples),
    table(
      ['Member', 'Meaning', 'Declared at'],
      entry.properties.map(({ signature, doc, citation }) => [code(signature), doc, cite(citation)]),
    ),
    !isBare(entry) && usersOf(entry),
    ...entry.members.map((member) => composeEntry(member, level + 1)),
  )
}

function leadOf(entry: SymbolEntry): string {
  const declared = `Declared at ${cite(entry.citation)}.`
  if (entry.summary) return `${sentence(entry.summary)} ${cite(entry.citation)}`
  return isBare(entry) ? `${declared} ${usersOf(entry)}`.trim() : declared
}

/** Nothing but a signature: then one line says where it is and who uses it. */
function isBare(entry: SymbolEntry): boolean {
  const { summary, body, params, properties, examples } = entry
  return (
    `${summary}${body}` === '' && params.every((param) => param.doc === '') && properties.length + examples.length === 0
  )
}

function parameterTable(entry: SymbolEntry): string {
  const isTyped = entry.params.some((param) => param.type !== '')
  const informs =
    (isTyped && entry.params.length > 2) || entry.params.some((param) => param.doc !== '' || param.default !== '')
  if (!informs) return ''
  const rows = entry.params.map((param) => [code(param.name), code(param.type), code(param.default), param.doc])
  return table(['Parameter', 'Type', 'Default', 'Meaning'], rows)
}

function usersOf(entry: SymbolEntry): string {
  const importers = entry.importedBy.map(cite)
  const more = entry.moreImporters > 0 ? [count(entry.moreImporters, 'other file')] : []
  const imported = importers.length > 0 ? `Imported at ${listOf([...importers, ...more])}.` : ''
  const tested = entry.testedIn.length > 0 ? `Tested in ${listOf(entry.testedIn.map(code))}.` : ''
  return `${imported} ${tested}`.trim()
}

/** Meanings are left out where the symbol that tells the rest has the same ones. */
function paramsOf(symbol: SymbolFact, quote: Quoting, elsewhere: SymbolFact | null): SymbolEntry['params'] {
  const meaning = (one: SymbolFact, name: string) =>
    one.params.find((param) => param.name === name)?.doc ?? one.doc?.params[name] ?? ''
  return symbol.params.map((param) => {
    const doc = meaning(symbol, param.name)
    const isTold = elsewhere !== null && meaning(elsewhere, param.name) === doc
    return {
      name: param.name,
      type: param.type ?? '',
      default: param.default ?? '',
      doc: isTold ? '' : quote.inline(doc),
    }
  })
}

function exampleBlock(example: string, language: string | null, quote: Quoting): string {
  if (/^\s*(?:```|~~~)/m.test(example)) return quote.block(example)
  const info = /^\s*>>> /m.test(example) ? 'pycon' : fenceLanguage(language)
  return example.trim() === '' ? '' : fence(example.replace(/^\n+/, ''), info)
}

/** Import lines outside tests that name the symbol, one per file. */
function importersOf(index: FactsIndex, symbol: SymbolFact): SourceRange[] {
  const ranges = new Map<string, SourceRange>()
  for (const fact of index.importsOf.get(symbol.range.path) ?? []) {
    const role = index.files.get(fact.from)?.role
    if (role !== 'test' && fact.names.includes(symbol.name) && !ranges.has(fact.from)) ranges.set(fact.from, fact.range)
  }
  return [...ranges].sort(([a], [b]) => byText(a, b)).map(([, range]) => range)
}
