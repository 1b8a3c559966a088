import { anchorOf } from '#lib/domain/anchors.ts'
import { encodeRising } from '#lib/site/assets/search-codes.js'
import type { Section } from '#lib/site/markdown.ts'
import { type MadeSearchFiles, SearchFiles, searchScript } from '#lib/site/search-files.ts'
import {
  type EarlierSearch,
  type NumberedPage,
  type SearchMemory,
  searchMemory,
  termTexts,
} from '#lib/site/search-memory.ts'
import { PostingsBuilder } from '#lib/site/search-postings.ts'
import { type Shard, spellingShards, termShards } from '#lib/site/search-shards.ts'
import { NewTextFiles, TEXT_SECTIONS, type TextFiles, textFiles } from '#lib/site/search-texts.ts'
import type { SitePage } from '#lib/site/site-model.ts'

export interface SearchedPage {
  entry: SitePage
  sections: Section[]
  /** It was the same in the earlier site. */
  isKept: boolean
}

interface Placed extends SearchedPage {
  /** Number of the first section in the site. */
  first: number
}

/** As in assets/search-index.js. */
const ROW_SECTIONS = 128
/** Pages begin at multiples of this, so that a section more seldom renumbers the pages behind it. */
const STRIDE = 4
const MAX_SUGGESTED = 6

/**
 * Makes the search index of a site, whose pages come in their order. Where there was no earlier index, they can be read
 * while other pages are still made.
 */
export class SearchIndex {
  private readonly earlier: EarlierSearch | null
  /** What pages are read into as they come. */
  private readonly fresh: { terms: PostingsBuilder; texts: NewTextFiles } | null
  private readonly made = new SearchFiles()
  private readonly placed: Placed[] = []
  private next = 0
  /** How many of the pages are read. */
  private read = 0

  constructor(earlier: EarlierSearch | null) {
    this.earlier = earlier
    this.fresh = earlier === null ? { terms: new PostingsBuilder(), texts: new NewTextFiles(this.made) } : null
  }

  /** Numbers the sections of the next page. The first of them stands for the page, whatever it holds. */
  add(page: SearchedPage): void {
    const placed = { ...page, first: this.next }
    this.next += Math.ceil(Math.max(1, page.sections.length) / STRIDE) * STRIDE
    this.placed.push(placed)
  }

  /** Reads the next page that was added, where there was no earlier index; false when there is none. */
  readNext(): boolean {
    const next = this.placed[this.read]
    if (!this.fresh || !next) return false
    this.read += 1
    const page = numbered(next)
    this.fresh.terms.addPage(page)
    this.fresh.texts.add(page)
    return true
  }

  /** Files that are made already and were not asked for before, so that they can be written while other pages are made. */
  ready(): MadeSearchFiles {
    return this.made.take()
  }

  /**
   * What is left of the index, as scripts, by path in the site: scripts load from disk and under the policy, where fetched files do not.
   * `search/index.js` says which there are; every other one is named by its content and loaded when a query needs it. What
   * it gives to remember saves the next one the reading of all pages that are the same.
   */
  end(): { files: MadeSearchFiles; memory: SearchMemory } {
    const { placed, earlier, fresh, made } = this
    while (this.readNext());
    const last = placed.at(-1)
    const total = last ? last.first + last.sections.length : 0
    const pages = placed.map(numbered)
    const terms = termTexts(pages, { earlier, read: fresh?.terms ?? null })
    const texts = fresh?.texts.end() ?? (earlier ? textFiles(pages, made, earlier) : [])
    const named = (content: unknown) => made.add(content).name
    const listed = (shards: Shard[]) => shards.map(({ from, content }) => [from, named(content)])
    const index = {
      total,
      firsts: encodeRising(placed.map(({ first }) => first)),
      start: suggested(placed),
      terms: listed(termShards(terms, total)),
      endings: listed(spellingShards(terms.keys(), total)),
      rows: rowFiles(placed, texts, named),
    }
    const files = made.take().set('search/index.js', searchScript('index', JSON.stringify(index)))
    return { files, memory: { ...searchMemory(pages, terms), texts } }
  }
}

function numbered({ entry: { page }, sections, first, isKept }: Placed): NumberedPage {
  return { slug: page.slug, title: page.title, first, sections, isKept }
}

/** Files of what is shown of sections, each of which names the files of their texts. */
function rowFiles(placed: Placed[], texts: TextFiles, named: (content: unknown) => string): string[] {
  const names = texts.map(([name]) => name)
  return inBlocks(placed, ROW_SECTIONS).map((block, number) => {
    const last = block.at(-1)
    if (!last) return ''
    const firstText = (number * ROW_SECTIONS) / TEXT_SECTIONS
    const endText = Math.floor((last.first + Math.max(1, last.sections.length) - 1) / TEXT_SECTIONS) + 1
    const pages = block.map(({ entry, sections }) => [
      entry.file,
      entry.page.title,
      entry.group,
      sections.map(headingOf),
    ])
    return named({ pages, texts: names.slice(firstText, endText) })
  })
}

/** A heading alone where its id follows from it. */
function headingOf({ heading, id }: Section): string | [heading: string, id: string] {
  return !heading || id === anchorOf(heading) ? heading : [heading, id]
}

function inBlocks(pages: Placed[], size: number): Placed[][] {
  const blocks: Placed[][] = []
  for (const page of pages) {
    const number = Math.floor(page.first / size)
    while (blocks.length <= number) blocks.push([])
    blocks[number]?.push(page)
  }
  return blocks
}

/** The first page of each of the first groups. */
function suggested(pages: SearchedPage[]): [file: string, title: string, group: string][] {
  const firsts = new Map(pages.toReversed().map(({ entry }) => [entry.group, entry]))
  return [...firsts.values()]
    .toReversed()
    .slice(0, MAX_SUGGESTED)
    .map(({ file, page, group }) => [file, page.title, group])
}
