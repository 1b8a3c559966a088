import { hash } from 'node:crypto'
import type { PageCheck } from '#lib/domain/page.ts'

/** A page all of whose claims held, with what must be so that they hold still. */
export interface SoundPage {
  counts: PageCheck['counts']
  /** Ids of its headings: links of other pages name them. */
  anchors: string[]
  /** Its links to pages, each once. */
  links: string[]
  /** The paths it names, each once. */
  paths: string[]
  /** The files it cites, each with the last line that it cites. */
  cited: [path: string, line: number][]
  /** Git ids of files that together have every name it mentions, but for those that occur in paths. */
  files: string[]
  /** Of the list of all paths, where names it mentions occur in them; null where none needs that. */
  pathsKey: string | null
}

/** Plain data, to be left for the next check. */
export interface StoredChecks {
  /** Pages by slug and hash of their Markdown. */
  pages: [slug: string, hash: string, page: SoundPage][]
  /** Lines of files, by Git id. */
  lines: [oid: string, lines: number][]
  /** Words, each with the Git id of a file that has it. */
  words: [word: string, oid: string][]
}

/**
 * What the last check of the pages of a variant found out: what files contain, by their Git ids, and on what the claims of
 * each page rest. Whether that is so at a commit is not remembered but looked up.
 */
export class CheckMemory {
  /** Keys of pages that were asked for, by slug. */
  private readonly keys = new Map<string, { markdown: string; key: string }>()
  private readonly before: { pages: Map<string, [hash: string, page: SoundPage]> } & Known
  private readonly now = { pages: new Map<string, [hash: string, page: SoundPage]>(), ...nothing() }

  constructor(stored: StoredChecks | null = null) {
    this.before = {
      pages: new Map((stored?.pages ?? []).map(([slug, key, page]) => [slug, [key, page]])),
      lines: new Map(stored?.lines),
      words: new Map(stored?.words),
    }
  }

  /** The page as it was when it was sound; null when its text is another one. */
  soundPage(slug: string, markdown: string): SoundPage | null {
    const [key, page] = this.before.pages.get(slug) ?? []
    return page && key === this.keyOf(slug, markdown) ? page : null
  }

  keepPage(slug: string, markdown: string, page: SoundPage): void {
    this.now.pages.set(slug, [this.keyOf(slug, markdown), page])
  }

  /** Worked out once for each text: all pages together have many MB. */
  private keyOf(slug: string, markdown: string): string {
    const known = this.keys.get(slug)
    if (known?.markdown === markdown) return known.key
    const key = hash('sha256', markdown).slice(0, 32)
    this.keys.set(slug, { markdown, key })
    return key
  }

  linesOf(oid: string): number | null {
    const lines = this.now.lines.get(oid) ?? this.before.lines.get(oid) ?? null
    if (lines !== null) this.now.lines.set(oid, lines)
    return lines
  }

  keepLines(oid: string, lines: number): void {
    this.now.lines.set(oid, lines)
  }

  /** Git id of a file that has the word; null when none is known. */
  fileWith(word: string): string | null {
    return this.now.words.get(word) ?? this.before.words.get(word) ?? null
  }

  keepWord(word: string, oid: string): void {
    this.now.words.set(word, oid)
  }

  /** What to leave. Words of pages that were not read again are kept as long as `isThere` knows their file. */
  toStored(isThere: (oid: string) => boolean): StoredChecks {
    for (const [word, oid] of this.before.words)
      if (!this.now.words.has(word) && isThere(oid)) this.now.words.set(word, oid)
    return {
      pages: Array.from(this.now.pages, ([slug, [key, page]]) => [slug, key, page]),
      lines: [...this.now.lines],
      words: [...this.now.words],
    }
  }
}

interface Known {
  lines: Map<string, number>
  words: Map<string, string>
}

function nothing(): Known {
  return { lines: new Map(), words: new Map() }
}
