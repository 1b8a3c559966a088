import { cite } from '#lib/domain/citations.ts'
import type { Facts, SourceRange, SymbolFact } from '#lib/domain/facts.ts'
import { importersOf, usersOf as usersOfSymbol } from '#lib/domain/symbol-users.ts'
import { codeLanguage } from './code-language.ts'
import { type FactsIndex, factsIndex, fenceLanguage } from './facts-index.ts'
import type { GuidePage, GuideTexts } from './guide-texts.ts'
import { blocks, bullets, code, escapeText, fence, heading, pageLink, table } from './markdown.ts'
import { quotedBody } from './quoted-text.ts'
import { type Quoting, quoting } from './quoting.ts'
import { summaryCitation, symbolCitation } from './ranges.ts'
import type { QuotedPart } from './readme.ts'
import { hasSentences, piecesOf, untoldPart } from './same-text.ts'
import { wrapSignature } from './signature.ts'
import { docChunks } from './source-chunks.ts'
import { count, firstWords, listOf, sentence } from './wording.ts'

/** Everything the reference says about one name. Texts by others are safe Markdown already. */
export interface SymbolEntry {
  name: string
  kind: SymbolFact['kind']
  signatures: string[]
  language: string
  summary: string
  body: QuotedPart[]
  /** The symbol of another page that tells what is left out here: the end of `summary`, paragraphs of `body`. */
  toldAt: { name: string; slug: string; isGuide?: true } | null
  deprecated: string
  params: { name: string; type: string; default: string; doc: string }[]
  returns: string
  raises: string[]
  examples: string[]
  properties: { signature: string; doc: string; citation: SourceRange }[]
  citation: SourceRange
  /** Of the summary, where `citation` does not show it. */
  summaryAt: SourceRange | null
  importedBy: SourceRange[]
  moreImporters: number
  /** Where imports name no symbols: a line of each file that uses it. */
  usedAt: SourceRange[]
  moreUsers: number
  testedIn: string[]
  members: SymbolEntry[]
}

const SHOWN_IMPORTERS = 3
const SHOWN_TESTS = 2
/** So much of a summary tells what it is about when the rest stands elsewhere. */
const GIST_WORDS = 7

/** Entries of the symbols in order; declarations of the same name (overloads, accessors) share one. */
export function selectEntries(facts: Facts, symbols: SymbolFact[], places?: TextPlaces): SymbolEntry[] {
  return entriesOf(symbols, { facts, index: factsIndex(facts), places, quotings: new Map() })
}

/** Where else a text may stand. */
interface TextPlaces {
  /** Page slug on which a symbol is explained; null when there is none. */
  ofSymbol(symbol: SymbolFact): string | null
  inGuides: GuideTexts
}

interface EntryContext {
  facts: Facts
  index: FactsIndex
  /** Absent: every text is shown in full. */
  places: TextPlaces | undefined
  /** By language. */
  quotings: Map<string | null, Quoting>
}

function entriesOf(symbols: SymbolFact[], context: EntryContext): SymbolEntry[] {
  if (symbols.length === 0) return []
  return [...Map.groupBy(symbols, (symbol) => symbol.qualified).values()].map((same) => selectEntry(same, context))
}

function quotingOf(language: string | null, { index, quotings }: EntryContext): Quoting {
  const quote = quotings.get(language) ?? quoting(index, language)
  quotings.set(language, quote)
  return quote
}

function selectEntry(same: SymbolFact[], context: EntryContext): SymbolEntry {
  const { facts, index } = context
  const symbol = same.find((one) => one.doc) ?? (same[0] as SymbolFact)
  const language = index.files.get(symbol.range.path)?.language ?? null
  const quote = quotingOf(language, context)
  const members = same.flatMap((one) => index.members.get(one.id) ?? [])
  const importers = importersOf(facts, symbol)
  const { doc } = symbol
  const told = docTexts(symbol, quote, context)
  return {
    name: symbol.qualified,
    kind: symbol.kind,
    signatures: [...new Set(same.map((one) => one.signature))],
    language: isHyphened(symbol) ? 'text' : fenceLanguage(language),
    summary: told.summary,
    body: told.body,
    toldAt: told.toldAt,
    deprecated: quote.inline(doc?.deprecated ?? ''),
    params: paramsOf(symbol, quote, told.teller),
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
    summaryAt: summaryCitation(symbol),
    importedBy: importers.slice(0, SHOWN_IMPORTERS),
    moreImporters: Math.max(0, importers.length - SHOWN_IMPORTERS),
    ...usesOf(facts, symbol, importers.length > 0),
    testedIn: (index.testsOf.get(symbol.id) ?? []).slice(0, SHOWN_TESTS),
    members: entriesOf(
      members.filter((member) => member.kind !== 'property'),
      context,
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
      `More at ${pageLink(entry.toldAt.isGuide ? escapeText(entry.toldAt.name) : code(entry.toldAt.name), entry.toldAt.slug)}.`,
    quotedBody({ parts: entry.body }),
    parameterTable(entry),
    entry.returns && `Returns: ${sentence(entry.returns)}`,
    failuresOf(entry.raises),
    entry.examples.length > 0 && blocks(entry.examples.length === 1 ? 'Example:' : 'Examples:', ...entry.examples),
    table(
      ['Member', 'Meaning', 'Declared at'],
      entry.properties.map(({ signature, doc, citation }) => [code(signature), doc, cite(citation)]),
    ),
    !isBare(entry) && usersOf(entry),
    ...entry.members.map((member) => composeEntry(member, level + 1)),
  )
}

const PANICS = /^(?:this (?:function|method|call) )?(?:will |may |can )?panics? (?=(?:if|when|on|unless)\b)/i

/** What it raises; in the words of Rust, when it panics. */
function failuresOf(raises: string[]): string {
  if (raises.length === 0) return ''
  if (!raises.every((text) => PANICS.test(text))) return `Raises:\n\n${bullets(raises.map(sentence))}`
  const cases = raises.map((text) => text.replace(PANICS, ''))
  return `Panics:\n\n${bullets(cases.map((text) => sentence(text.charAt(0).toUpperCase() + text.slice(1))))}`
}

function leadOf(entry: SymbolEntry): string {
  const declared = `Declared at ${cite(entry.citation)}.`
  if (entry.summary) return `${sentence(entry.summary)} ${cite(entry.summaryAt ?? entry.citation)}`
  return isBare(entry) ? `${declared} ${usersOf(entry)}`.trim() : declared
}

/** Nothing but a signature: then one line says where it is and who uses it. */
function isBare(entry: SymbolEntry): boolean {
  const { summary, body, params, properties, examples } = entry
  return (
    summary === '' &&
    body.length === 0 &&
    params.every((param) => param.doc === '') &&
    properties.length + examples.length === 0
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
  const moreUsers = entry.moreUsers > 0 ? [count(entry.moreUsers, 'other file')] : []
  const used = entry.usedAt.length > 0 ? `Used at ${listOf([...entry.usedAt.map(cite), ...moreUsers])}.` : ''
  const tested = entry.testedIn.length > 0 ? `Tested in ${listOf(entry.testedIn.map(code))}.` : ''
  const declared = entry.summary && entry.summaryAt ? `Declared at ${cite(entry.citation)}.` : ''
  return [declared, imported, used, tested].filter((text) => text !== '').join(' ')
}

/** Meanings are left out where the symbol that tells the rest has the same ones. */
function paramsOf(symbol: SymbolFact, quote: Quoting, elsewhere: SymbolFact | null): SymbolEntry['params'] {
  const meaning = (one: SymbolFact, name: string) =>
    one.params.find((param) => param.name === name)?.doc ?? toldOf(one, name) ?? ''
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

/** What the doc comment says of a parameter, which may be called `constructor` or `toString`. */
function toldOf({ doc }: SymbolFact, name: string): string | null {
  return doc && Object.hasOwn(doc.params, name) ? (doc.params[name] ?? null) : null
}

interface DocTexts extends Pick<SymbolEntry, 'summary' | 'body' | 'toldAt'> {
  teller: SymbolFact | null
}

/** What is told here: all of the doc comment, except for what another page tells word for word. */
function docTexts(symbol: SymbolFact, quote: Quoting, context: EntryContext): DocTexts {
  const { doc } = symbol
  if (!doc) return { summary: '', body: [], toldAt: null, teller: null }
  const { facts, places } = context
  const pageOf = (one: SymbolFact) => places?.ofSymbol(one) ?? null
  const isOther = (one: SymbolFact) => pageOf(one) !== null && pageOf(one) !== pageOf(symbol)
  let guide: GuidePage | null = null
  const untold = (text: string) => {
    if (!places || !hasSentences(facts, text)) return { text, teller: null }
    const part = untoldPart(facts, text, isOther)
    const pieces = piecesOf(part.text)
    const kept = pieces.filter((piece) => {
      const found = places.inGuides(piece)
      guide ??= found
      return found === null
    })
    return { ...part, text: kept.length === pieces.length ? part.text : kept.join('').trim() }
  }
  const summary = untold(doc.summary)
  const chunks = docChunks(doc).map((chunk) => ({ ...untold(chunk.text), range: chunk.range }))
  const teller = summary.teller ?? chunks.find((chunk) => chunk.teller)?.teller ?? null
  const parts = chunks
    .filter(({ text }) => text !== '')
    .map(({ text, range }) => ({ markdown: quote.block(withAddresses(text, doc.body)), citation: range }))
  return {
    summary: quote.inline(summary.text === '' ? firstWords(doc.summary, GIST_WORDS) : summary.text),
    body: parts.filter(({ markdown }) => markdown !== ''),
    toldAt: teller ? { name: teller.qualified, slug: pageOf(teller) ?? '' } : guideLink(guide),
    teller,
  }
}

/** A paragraph with the addresses that stand at the end of the comment, for its reference links. */
function withAddresses(text: string, body: string): string {
  const definitions = /\]\[|\[[^\]]+\](?![(:[])/.test(text) ? body.match(/^ {0,3}\[[^\]\n]+\]:[ \t]+\S.*$/gm) : null
  return definitions ? `${text}\n\n${definitions.join('\n')}` : text
}

function guideLink(guide: GuidePage | null): SymbolEntry['toldAt'] {
  return guide && { name: guide.title, slug: guide.slug, isGuide: true }
}

function exampleBlock(example: string, language: string | null, quote: Quoting): string {
  if (/^\s*(?:```|~~~)/m.test(example)) return quote.block(example)
  const info = codeLanguage(example, fenceLanguage(language))
  return example.trim() === '' ? '' : fence(example.replace(/^\n+/, ''), info)
}

/** Shells allow names with hyphens, which those who highlight code take for a subtraction. */
function isHyphened({ name, range }: SymbolFact): boolean {
  return name.includes('-') && !/\.(?:css|scss|less|clj\w?|lisp|el)$/.test(range.path)
}

function usesOf(facts: Facts, symbol: SymbolFact, isImported: boolean): Pick<SymbolEntry, 'usedAt' | 'moreUsers'> {
  const users = isImported ? [] : usersOfSymbol(facts, symbol)
  const usedAt = users.slice(0, SHOWN_IMPORTERS).map(({ path, line }) => ({ path, start: line, end: line }))
  return { usedAt, moreUsers: users.length - usedAt.length }
}
