import type { FileFact, FileRole } from '#lib/domain/facts.ts'
import type { Snapshot, TreeEntry } from '#lib/domain/snapshot.ts'
import { type AttributesFile, type Declared, gitAttributes } from './git-attributes.ts'
import { dirOf } from './imports/paths.ts'
import { languageOf, languageOfText } from './languages.ts'
import { longestLine } from './longest-line.ts'
import { generatedReason, roleOfPath } from './roles.ts'

export interface FactLimits {
  /** A larger file is listed but not read into. */
  maxFileBytes: number
  /** A longer line means data or generated code: the file is not parsed. */
  maxLineChars: number
  maxFiles: number
  /** Sum over all files that are parsed. */
  maxParsedBytes: number
  /** A file that takes longer is given up. */
  maxFileMs: number
}

export const DEFAULT_LIMITS: FactLimits = {
  maxFileBytes: 1_000_000,
  maxLineChars: 20_000,
  maxFiles: 50_000,
  maxParsedBytes: 300_000_000,
  maxFileMs: 10_000,
}

export interface ReadFile {
  fact: FileFact
  /** Text without byte order mark; null when the file is binary, too large or of no interest. */
  text: string | null
}

const MAX_ATTRIBUTES_FILES = 50

/** What the `.gitattributes` of the repository say about paths, those of inner folders last; nothing without them. */
export async function declaredRoles(snapshot: Snapshot): Promise<ReturnType<typeof gitAttributes>> {
  const entries = snapshot.entries.filter(({ path }) => path === '.gitattributes' || path.endsWith('/.gitattributes'))
  const outermostFirst = entries.toSorted((a, b) => a.path.split('/').length - b.path.split('/').length)
  const files: AttributesFile[] = []
  for (const { path, oid } of outermostFirst.slice(0, MAX_ATTRIBUTES_FILES)) {
    const bytes = await snapshot.readBlob(oid)
    if (bytes) files.push({ dir: dirOf(path), text: new TextDecoder().decode(bytes.subarray(0, 100_000)) })
  }
  return gitAttributes(files)
}

/** What is known of a file whose content is too large to be read. */
export function tooLarge({ path, oid }: TreeEntry): FileFact {
  const base = { path, oid, bytes: 0, lines: 0, language: null, header: null }
  return { ...base, role: 'other', skipped: 'too large to be read' }
}

/** Reads one file and says what it is. */
export function readFile(
  entry: Pick<TreeEntry, 'path' | 'oid'>,
  bytes: Uint8Array,
  { limits, declared }: { limits: FactLimits; declared: Declared | null },
): ReadFile {
  const { path, oid } = entry
  const role = roleOfPath(path, declared)
  const known = languageOf(path)
  const language = known?.name ?? null
  const base = { path, oid, bytes: bytes.length, language, header: null }
  const unread = (finalRole: FileRole, skipped: string | null): ReadFile => ({
    fact: { ...base, lines: finalRole === 'binary' ? 0 : countLines(bytes), role: finalRole, skipped },
    text: null,
  })
  if (role === 'binary' || bytes.subarray(0, 8_000).includes(0)) return unread('binary', 'binary')
  if (role === 'vendored' || role === 'generated') return unread(role, role)
  if (bytes.length > limits.maxFileBytes) return unread(role, `larger than ${limits.maxFileBytes} bytes`)
  const text = new TextDecoder().decode(bytes)
  const generated = declared === 'not-generated' ? null : generatedReason(text, path)
  if (generated) return unread('generated', generated)
  const longest = known && language !== 'JSON' ? longestLine(text) : 0
  if (longest > limits.maxLineChars) return unread(role, `a line of ${longest} characters`)
  const script = known ? null : languageOfText(path, text)
  const fact = {
    ...base,
    language: isCppHeader(path, text) ? 'C++' : (script?.name ?? language),
    lines: countLines(bytes),
    role: script && role === 'other' ? ('source' as const) : role,
  }
  return { fact: { ...fact, skipped: null }, text }
}

/** Headers of C and C++ have the same ending; only one of them has classes and namespaces. */
function isCppHeader(path: string, text: string): boolean {
  return (
    path.endsWith('.h') &&
    /^[ \t]*(?:class\s+\w|namespace\s+\w|template\s*<|using\s+\w|(?:public|private|protected):)/m.test(text)
  )
}

const NEWLINE = 10

function countLines(bytes: Uint8Array): number {
  let lines = 0
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1
  return bytes.length > 0 && bytes.at(-1) !== NEWLINE ? lines + 1 : lines
}
