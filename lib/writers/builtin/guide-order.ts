import type { DocumentFact, Facts } from '#lib/domain/facts.ts'
import { byText } from './wording.ts'

const BEGINNERS = /quick-?start|getting-?started|install|tutorial|intro|first/i

/** Guides in the order of the table of contents beside them; without one, those for beginners first, then by path. */
export function inContentsOrder(facts: Facts, documents: DocumentFact[]): DocumentFact[] {
  const contents = new Map<string, string>()
  for (const { path, sections } of facts.documents) {
    if (/(?:^|\/)(?:index|contents|summary|readme)\.\w+$/i.test(path))
      contents.set(
        folderOf(path),
        `${contents.get(folderOf(path)) ?? ''}\n${sections.map(({ text }) => text).join('\n')}`,
      )
  }
  const place = ({ path }: DocumentFact) => {
    const at = placeIn(contents.get(folderOf(path)) ?? '', stemOf(path))
    return at >= 0 ? at : Number.MAX_SAFE_INTEGER - (BEGINNERS.test(stemOf(path)) ? 1 : 0)
  }
  const order = documents.map((document) => ({ document, place: place(document) }))
  return order
    .sort((a, b) => a.place - b.place || byText(a.document.path, b.document.path))
    .map(({ document }) => document)
}

/** Where a contents list names a document: alone on its line, or as the target of a link. */
function placeIn(contents: string, stem: string): number {
  const name = stem.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return contents.search(new RegExp(`(?:^[ \\t]*|[(</])${name}(?:\\.\\w+|/)?(?:[#)>][^\\n]*)?[ \\t]*(?:$|\\))`, 'm'))
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

/** `quickstart` of `docs/quickstart.rst`. */
function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
}
