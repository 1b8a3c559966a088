import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const MOST_BYTES = 20_000
const SHOWN = 10
/** Style sheets and scripts that the head of a page asks for. */
const LOADED = /<(?:link rel="stylesheet" href|script src)="([^"?]+)/g

/** Quality as our server compresses; see lib/http/site-files.ts. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 8 } }
const WAYS: Record<string, (content: Buffer) => number> = {
  gzip: (content) => gzipSync(content).length,
  Brotli: (content) => brotliCompressSync(content, BROTLI).length,
}

/**
 * What the first view of each page of a site loads, compressed: the page, its style sheets and its scripts. Prints the
 * figures beside the goal; whether every page keeps it, with gzip.
 */
export async function judgeFirstViews(site: string): Promise<boolean> {
  const names = (await readdir(site)).filter((name) => name.endsWith('.html') && name !== '404.html')
  const contents = new Map<string, Buffer>()
  const content = async (path: string) => {
    const known = contents.get(path) ?? (await readFile(join(site, path)))
    contents.set(path, known)
    return known
  }
  const views = await Promise.all(
    names.map(async (name) => {
      const page = await content(name)
      const loaded = Array.from(page.toString().matchAll(LOADED), ([, path = '']) => path)
      return { name, files: [page, ...(await Promise.all(loaded.map(content)))] }
    }),
  )
  return Object.entries(WAYS).map(([way, sizeOf]) => print(way, sized(views, sizeOf)))[0] ?? false
}

interface Sized {
  name: string
  bytes: number
}

function sized(views: { name: string; files: Buffer[] }[], sizeOf: (content: Buffer) => number): Sized[] {
  const sizes = new Map<Buffer, number>()
  const size = (file: Buffer) => {
    const known = sizes.get(file) ?? sizeOf(file)
    sizes.set(file, known)
    return known
  }
  const all = views.map(({ name, files }) => ({ name, bytes: files.reduce((sum, file) => sum + size(file), 0) }))
  return all.toSorted((a, b) => b.bytes - a.bytes)
}

function print(way: string, pages: Sized[]): boolean {
  const over = pages.filter(({ bytes }) => bytes > MOST_BYTES)
  const median = pages[Math.floor(pages.length / 2)]?.bytes ?? 0
  console.log(
    `  ${String(over.length).padStart(6)} of ${pages.length} pages weigh over 20 kB at first view, ${way} (target 0); median ${kb(median)}, largest ${kb(pages[0]?.bytes ?? 0)}`,
  )
  if (way === 'gzip') for (const { name, bytes } of over.slice(0, SHOWN)) console.log(`         ${name}: ${kb(bytes)}`)
  return over.length === 0
}

function kb(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
