import type { DocumentFact, FileFact } from '#lib/domain/facts.ts'
import type { TreeEntry } from '#lib/domain/snapshot.ts'
import { type FactLimits, readFile } from './discovery.ts'
import { documentOf } from './documents.ts'
import type { Declared } from './git-attributes.ts'
import { isKeptText } from './kept-texts.ts'
import { languageOfText } from './languages.ts'
import { packSymbols, unpackSymbols } from './packed-symbols.ts'
import type { Packed } from './packed-values.ts'
import { parserOf } from './parse/parse-file.ts'
import type { ParsedFile } from './parse/parsed-file.ts'

/** What one file says: plain data that depends on its path, its bytes, the limits and what is declared of it alone. */
export interface FileRecord {
  fact: FileFact
  document: DocumentFact | null
  parsed: ParsedFile | null
  /** Kept for the readers that need more than one file; null for most. */
  text: string | null
}

export interface ReadRequest {
  entry: Pick<TreeEntry, 'path' | 'oid'>
  bytes: Uint8Array
  /** What `.gitattributes` says of the path. */
  declared: Declared | null
  /** The repository has more code than is parsed: this file is listed only. */
  isOver: boolean
  limits: FactLimits
}

export type Begun = FileRecord | (() => FileRecord)

/** Reads one file and parses it. */
export async function readRecord(request: ReadRequest): Promise<FileRecord> {
  const read = await beginRecord(request)
  return typeof read === 'function' ? read() : read
}

/** What there is to say of a file; of one to be parsed, the parsing that says it, which waits for nothing more. */
export async function beginRecord({ entry, bytes, declared, isOver, limits }: ReadRequest): Promise<Begun> {
  const { fact, text } = readFile(entry, bytes, { limits, declared })
  if (text === null) return bare(fact)
  const isDocument = fact.language === 'Markdown' || fact.language === 'reStructuredText'
  const record: FileRecord = {
    fact,
    document: isDocument ? documentOf(text, fact.path) : null,
    parsed: null,
    text: isKeptText(fact.path) ? text : null,
  }
  if (fact.role === 'docs' || languageOfText(fact.path, text)?.grammar == null) return record
  if (isOver) return { ...record, fact: { ...fact, skipped: overBudget(limits) } }
  const parse = await parserOf(text, fact.path)
  return () => {
    const parsed = parse()
    if (typeof parsed === 'string') return { ...record, fact: { ...fact, skipped: parsed } }
    return { ...record, fact: { ...fact, header: parsed.header }, parsed }
  }
}

/** Why a file is not parsed when the repository has more code than is. */
export function overBudget({ maxParsedBytes }: FactLimits): string {
  return `over ${maxParsedBytes} bytes of code in all`
}

/** A file of which nothing but its fact is known. */
export function bare(fact: FileFact): FileRecord {
  return { fact, document: null, parsed: null, text: null }
}

/** What can be said of a file without parsing it. */
export function unparsed(request: ReadRequest, skipped: string): FileRecord {
  const { fact } = readFile(request.entry, request.bytes, request)
  return bare({ ...fact, skipped })
}

/** A record as text, for another thread or the next time. */
export function recordText({ parsed, ...record }: FileRecord): string {
  return JSON.stringify({ ...record, parsed: parsed && { ...parsed, symbols: packSymbols(parsed.symbols) } })
}

/** The record of a text that `recordText` made. */
export function recordOf(text: string): FileRecord {
  const { parsed, ...record } = JSON.parse(text) as WrittenRecord
  return { ...record, parsed: parsed && { ...parsed, symbols: unpackSymbols(parsed.symbols) } }
}

interface WrittenRecord extends Omit<FileRecord, 'parsed'> {
  parsed: (Omit<ParsedFile, 'symbols'> & { symbols: Packed }) | null
}

/** False for what may come out otherwise the next time: how long a file takes depends on the machine. */
export function isLasting({ fact: { skipped } }: Pick<FileRecord, 'fact'>): boolean {
  return skipped === null || !/^(?:took longer than|needed more than|over) /.test(skipped)
}
