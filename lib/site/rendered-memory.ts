import type { Rendered } from '#lib/domain/rendered.ts'
import type { Section } from '#lib/site/markdown.ts'

type Page = Rendered['pages'][string]
/** What every site asks of a page of the last one. Citations are three numbers each, the first of which tells the path. */
type PageHead = [slug: string, key: string, files: string[], ids: string[], headings: string[], ...Cited]
type Cited = [paths: string[], places: number[]]

const LINE_END = 10

/**
 * What a site was made of, as lines of JSON: first all but the pages, then of each page what every site asks of it, and the
 * texts of its sections, which few are asked for. Pages that were taken over stay the bytes they were read from.
 */
export function renderedLines({ pages, ...rest }: Rendered): Uint8Array[] {
  const lines = Object.entries(pages).map(([slug, page]) => page.lines ?? linesOf(slug, page))
  return [Buffer.from(`${JSON.stringify(rest)}\n`), ...lines]
}

/** What `renderedLines` made into bytes. */
export function renderedIn(bytes: Buffer): Rendered {
  const end = bytes.indexOf(LINE_END)
  const pages: Rendered['pages'] = {}
  for (let at = end + 1; at < bytes.length; ) {
    const headEnd = bytes.indexOf(LINE_END, at)
    const textsEnd = bytes.indexOf(LINE_END, headEnd + 1)
    const [slug, key, files, ids, headings, ...cited] = JSON.parse(bytes.toString('utf8', at, headEnd)) as PageHead
    const texts = textsIn(bytes.subarray(headEnd + 1, textsEnd))
    const sections = ids.map((id, index) => new KnownSection(id, headings[index] ?? '', () => texts()[index] ?? ''))
    pages[slug] = { key, files, sections, citations: citationsIn(cited), lines: bytes.subarray(at, textsEnd + 1) }
    at = textsEnd + 1
  }
  return { ...(JSON.parse(bytes.toString('utf8', 0, end)) as Omit<Rendered, 'pages'>), pages }
}

/** A section whose text is read when it is asked for. */
class KnownSection implements Section {
  readonly id: string
  readonly heading: string
  private readonly read: () => string

  constructor(id: string, heading: string, read: () => string) {
    this.id = id
    this.heading = heading
    this.read = read
  }

  get text(): string {
    return this.read()
  }
}

function textsIn(bytes: Buffer): () => string[] {
  let texts: string[] | null = null
  return () => {
    texts ??= JSON.parse(bytes.toString()) as string[]
    return texts
  }
}

function citationsIn([paths, places]: Cited): Page['citations'] {
  const citations: Page['citations'] = []
  for (let at = 0; at < places.length; at += 3)
    citations.push({ path: paths[places[at] ?? -1] ?? '', start: places[at + 1] ?? 0, end: places[at + 2] ?? 0 })
  return citations
}

function linesOf(slug: string, { key, files, sections, citations }: Page): Uint8Array {
  const numbers = new Map<string, number>()
  const places = citations.flatMap(({ path, start, end }) => {
    const number = numbers.get(path) ?? numbers.size
    numbers.set(path, number)
    return [number, start, end]
  })
  const [ids, headings] = [sections.map(({ id }) => id), sections.map(({ heading }) => heading)]
  const head: PageHead = [slug, key, files, ids, headings, [...numbers.keys()], places]
  return Buffer.from(`${JSON.stringify(head)}\n${JSON.stringify(sections.map(({ text }) => text))}\n`)
}
