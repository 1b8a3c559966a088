import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type MarkdownPage, markdownPages } from './markdown-pages.ts'
import { docsfy, eleventy, type Generator, hugo } from './site-peers.ts'

const SIZES = [50, 200, 1000, 5000]
const ROUNDS = 3
/** At most so many times as long as Hugo, by pages. */
const BESIDE_HUGO: Record<number, number> = { 50: 1.5, 1000: 1.25 }
const PEAK_MB = { pages: 1000, most: 450 }
const GROWTH = 1.1
/** Seconds a page at 5,000 pages, against those at 1,000. */
const LINEAR = 1.25
const REWRITTEN = 30

interface Result {
  name: string
  seconds: number
  peakMb: number
}

/**
 * `npm run bench -- site [MAX_PAGES [FOLDER]]`: time and peak memory of sites of real Markdown (of FOLDER, by default that
 * of the installed packages) beside Hugo (Debian: `apt-get install hugo`) and Eleventy (npm, into a temporary folder),
 * what a page weighs, and what one changed page costs. Rounds take turns; the median counts.
 */
export async function run([most = '5000', from]: string[]): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-site-bench-'))
  try {
    const others = [await hugo(join(folder, 'hugo')), await eleventy(join(folder, 'eleventy'))]
    if (others[0] === null) console.log('Hugo is not installed (apt-get install hugo): its goals are not judged')
    const kept: boolean[] = []
    const ours = new Map<number, Result & { htmlBytes: number }>()
    for (const size of SIZES.filter((pages) => pages <= Number(most))) {
      const pages = await markdownPages(size, from)
      const own = docsfy(join(folder, `docsfy-${size}`), join(folder, 'compiled'))
      const results = await measure(pages, [own, ...others.filter((peer) => peer !== null)])
      const [first] = results
      if (!first) continue
      ours.set(size, { ...first, htmlBytes: await bytesOfAPage(own.site()) })
      kept.push(print(size, results))
      if (size === PEAK_MB.pages) kept.push(await oneChanged(own, pages))
    }
    return [...kept, ...printGrowth(ours)].every(Boolean)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(pages: MarkdownPage[], generators: Generator[]): Promise<Result[]> {
  const rounds = pages.length > 1000 ? 1 : ROUNDS
  const measured = generators.map(({ name }) => ({ name, seconds: [] as number[], peaks: [] as number[] }))
  for (let round = 0; round < rounds; round += 1)
    for (const [index, generator] of generators.entries()) {
      const { seconds, peakMb } = await generator.build(pages)
      measured[index]?.seconds.push(seconds)
      measured[index]?.peaks.push(peakMb)
    }
  return measured.map(({ name, seconds, peaks }) => ({ name, seconds: median(seconds), peakMb: Math.max(...peaks) }))
}

function print(size: number, [ours, ...others]: Result[]): boolean {
  if (!ours) return false
  console.log(`\n${size} pages`)
  const verdicts: boolean[] = []
  for (const { name, seconds, peakMb } of [ours, ...others])
    console.log(`  ${name.padEnd(12)}${seconds.toFixed(2).padStart(9)} s${peakMb.toFixed(0).padStart(9)} MB`)
  const peer = others.find(({ name }) => name === 'Hugo')
  const goal = BESIDE_HUGO[size]
  if (peer && goal) verdicts.push(judge('times as long as Hugo', ours.seconds / peer.seconds, goal))
  if (size === PEAK_MB.pages) verdicts.push(judge('MB at most', ours.peakMb, PEAK_MB.most))
  return verdicts.every(Boolean)
}

function printGrowth(ours: Map<number, Result & { htmlBytes: number }>): boolean[] {
  const [small, middle, large] = [ours.get(200), ours.get(1000), ours.get(5000)]
  console.log('\nGrowth')
  return [
    ...(small && middle
      ? [judge('HTML of a page, 1,000 to 200 pages', middle.htmlBytes / small.htmlBytes, GROWTH)]
      : []),
    ...(middle && large
      ? [judge('time of a page, 5,000 to 1,000 pages', large.seconds / 5 / middle.seconds, LINEAR)]
      : []),
  ]
}

function judge(name: string, value: number, most: number): boolean {
  const isKept = value <= most
  console.log(
    `  ${name.padEnd(38)}${value.toFixed(2).padStart(8)}  goal, at most ${most}${isKept ? '' : ' — TARGET MISSED'}`,
  )
  return isKept
}

/** Mean over the pages both sites have, so that only what surrounds a page can differ. */
async function bytesOfAPage(site: string): Promise<number> {
  const names = (await readdir(site)).filter((name) => /^00[01]\d\d-.*\.html$/.test(name))
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(site, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0) / sizes.length
}

/** Builds again after a sentence more in one page. A file taken over is the same file as before. */
async function oneChanged(own: ReturnType<typeof docsfy>, pages: MarkdownPage[]): Promise<boolean> {
  const changed = pages.map((page, index) =>
    index === 500 ? { ...page, markdown: `${page.markdown}\nA sentence that was not there before.\n` } : page,
  )
  const { seconds, site } = await own.again(changed)
  const paths = await readdir(site, { recursive: true, withFileTypes: true })
  const files = paths.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const links = await Promise.all(files.map(async (path) => (await stat(path)).nlink))
  const rewritten = links.filter((count) => count === 1).length
  console.log(`\nOne page of ${pages.length} changed: ${seconds.toFixed(2)} s`)
  return judge(`of ${files.length} files rewritten`, rewritten, REWRITTEN)
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
