import { fenceAfter } from '#lib/domain/code-fence.ts'
import type { DocumentFact, Facts, SectionFact, SourceRange } from '#lib/domain/facts.ts'
import { readFootnote } from '#lib/domain/footnote-text.ts'
import type { NoteName } from './quote-lexer.ts'

/** A footnote of a document. */
export interface DocumentNote {
  /** Like no name of another document's notes, because a page may quote several documents. */
  name: string
  text: string
  range: SourceRange
}

/** The footnotes of all documents. */
export interface DocumentNotes {
  /** Names by the path of the document and the label there, in lower case as forges compare labels. */
  names: Map<string, Map<string, string>>
  byName: Map<string, DocumentNote>
}

const MOST_NOTES = 200
/** Lines a footnote may have; further ones are shown where they stand. */
const MOST_LINES = 60
const LONGEST_STEM = 40

const cache = new WeakMap<Facts, DocumentNotes>()

export function documentNotes(facts: Facts): DocumentNotes {
  const known = cache.get(facts)
  if (known) return known
  const notes: DocumentNotes = { names: new Map(), byName: new Map() }
  for (const document of facts.documents) addNotes(notes, document)
  cache.set(facts, notes)
  return notes
}

/** Names of the footnotes of one document. */
export function noteNames(facts: Facts, path: string): NoteName {
  const names = documentNotes(facts).names.get(path)
  return (label) => names?.get(label.toLowerCase()) ?? null
}

/** The first text of a label is the one that counts. */
function addNotes({ names, byName }: DocumentNotes, { path, sections }: DocumentFact): void {
  const own = new Map<string, DocumentNote>()
  for (const section of sections)
    for (const { label, ...note } of notesIn(section))
      if (!own.has(label) && own.size < MOST_NOTES) own.set(label, { ...note, name: '' })
  if (own.size === 0) return
  const stem = freeStem(path, byName)
  const labels = [...own.keys()]
  names.set(path, new Map(labels.map((label, at) => [label, `${stem}-${at + 1}`])))
  for (const [at, note] of [...own.values()].entries()) {
    const name = `${stem}-${at + 1}`
    byName.set(name, { ...note, name })
  }
}

/** The name of the document, numbered where an earlier document has the same. */
function freeStem(path: string, byName: Map<string, DocumentNote>): string {
  const file =
    path
      .split('/')
      .at(-1)
      ?.replace(/\.\w+$/, '') ?? ''
  const stem =
    file
      .toLowerCase()
      .replace(/[^a-z\d]+/g, '-')
      .slice(0, LONGEST_STEM)
      .replace(/^-|-$/g, '') || 'note'
  let free = stem
  for (let count = 2; byName.has(`${free}-1`); count += 1) free = `${stem}-${count}x`
  return free
}

function* notesIn({ text, textStart, range }: SectionFact): Generator<Omit<DocumentNote, 'name'> & { label: string }> {
  if (!text.includes('[^')) return
  const lines = text.split('\n')
  let fence: string | null = null
  for (const [at, line] of lines.entries()) {
    fence = fenceAfter(line, fence)
    const note =
      fence === null && line.includes('[^') ? readFootnote(lines.slice(at, at + MOST_LINES).join('\n')) : null
    if (!note?.text.trim()) continue
    const start = textStart + at
    const end = start + note.raw.trimEnd().split('\n').length - 1
    yield { label: note.label.toLowerCase(), text: note.text, range: { path: range.path, start, end } }
  }
}
