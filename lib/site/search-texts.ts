import type { Section } from '#lib/site/markdown.ts'
import type { SearchFiles } from '#lib/site/search-files.ts'
import type { EarlierSearch, NumberedPage } from '#lib/site/search-memory.ts'

/** Sections whose texts one file holds; as in assets/search-index.js. */
export const TEXT_SECTIONS = 8

/** Of each file of texts its name and digest, in their order. */
export type TextFiles = [name: string, digest: string][]

/**
 * Files of the texts of so many sections each, whatever pages they belong to, so that no long page makes a large one. Those
 * that only hold pages which stand where they stood are taken over from the earlier site.
 */
export function textFiles(pages: NumberedPage[], files: SearchFiles, earlier: EarlierSearch): TextFiles {
  const standing = standingFiles(pages, earlier)
  return blocksOf(pages).map((sections, number) => {
    const [earlierName = '', digest = ''] = standing.get(number) ?? []
    const kept = digest === '' ? null : files.keep(digest, earlierName)
    if (kept !== null) return [kept, digest]
    const made = files.add(sections.map((section) => section?.text ?? ''))
    return [made.name, made.digest]
  })
}

/** Makes the files of texts of a site that had none, each as soon as the pages that come in their order have all of it. */
export class NewTextFiles {
  private readonly files: SearchFiles
  private readonly made: TextFiles = []
  private texts: string[] | null = null

  constructor(files: SearchFiles) {
    this.files = files
  }

  add({ first, sections }: NumberedPage): void {
    for (const [index, { text }] of sections.entries()) {
      const section = first + index
      this.texts ??= noTexts()
      while (this.made.length < numberOf(section)) this.finish(noTexts())
      this.texts[section % TEXT_SECTIONS] = text
    }
  }

  /** All of them, once no page is left. */
  end(): TextFiles {
    this.finish(null)
    return this.made
  }

  private finish(next: string[] | null): void {
    if (this.texts) {
      const { name, digest } = this.files.add(this.texts)
      this.made.push([name, digest])
    }
    this.texts = next
  }
}

function standingFiles(pages: NumberedPage[], { memory, sectionsOf }: EarlierSearch): Map<number, TextFiles[number]> {
  const stood = new Map(memory.pages.map(([slug, , first]) => [slug, first]))
  const isStanding = ({ slug, first, isKept }: NumberedPage) => isKept && stood.get(slug) === first
  const standing = new Set(pages.filter(isStanding).map(({ slug }) => slug))
  const others = [
    ...pages.filter(({ slug }) => !standing.has(slug)),
    ...memory.pages
      .filter(([slug]) => !standing.has(slug))
      .map(([slug, , first]) => ({ first, sections: sectionsOf(slug) })),
  ]
  const found = new Map((memory.texts ?? []).entries())
  for (const { first, sections } of others)
    for (let at = numberOf(first); at <= numberOf(first + Math.max(1, sections.length) - 1); at += 1) found.delete(at)
  return found
}

/** The sections of each file by their place in it. Their texts are not touched: most are of files that are kept. */
function blocksOf(pages: NumberedPage[]): (Section | null)[][] {
  const blocks: (Section | null)[][] = []
  for (const { first, sections } of pages)
    for (const [index, section] of sections.entries()) {
      const number = numberOf(first + index)
      while (blocks.length <= number) blocks.push(Array.from({ length: TEXT_SECTIONS }, () => null))
      const block = blocks[number]
      if (block) block[(first + index) % TEXT_SECTIONS] = section
    }
  return blocks
}

function noTexts(): string[] {
  return Array.from({ length: TEXT_SECTIONS }, () => '')
}

function numberOf(section: number): number {
  return Math.floor(section / TEXT_SECTIONS)
}
