import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve, sep } from 'node:path'
import { checkLinks, markupFaults, type SiteTexts } from '#lib/testing/site-faults.ts'
import { judgeFirstViews } from './first-views.ts'
import { measureBuild } from './measure-build.ts'

const SHOWN = 10
const TEXT = /\.(?:html|md|txt|xml|json)$/

/**
 * `npm run bench -- sites [REPO…]`: builds whole sites, of this repository and of REPO, looks for faults in every file, and
 * weighs the first view of each page.
 */
export async function run(given: string[]): Promise<boolean> {
  const results: boolean[] = []
  for (const repository of [resolve('.'), ...given.map((path) => resolve(path))]) {
    const folder = await mkdtemp(join(tmpdir(), 'docsfy-bench-sites-'))
    try {
      await measureBuild({ repository, folder })
      const site = join(folder, 'site')
      results.push(await checkSite(repository, await readTexts(site)), await judgeFirstViews(site))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return results.every(Boolean)
}

async function checkSite(repository: string, texts: SiteTexts): Promise<boolean> {
  const pages = [...texts].filter(([path]) => path.endsWith('.html'))
  const faults: string[] = []
  for (const [path, text] of pages) for (const fault of await markupFaults(text)) faults.push(`${path}: ${fault}`)
  const { checked, broken } = checkLinks(texts)
  console.log(`\n${basename(repository)}: ${texts.size} files, ${pages.length} of them HTML`)
  print('faults of the markup', faults)
  print(`broken of ${checked} links, anchors and assets`, broken)
  return faults.length === 0 && broken.length === 0
}

function print(what: string, found: string[]): void {
  console.log(`  ${String(found.length).padStart(6)} ${what} (target 0)`)
  for (const line of found.slice(0, SHOWN)) console.log(`         ${line}`)
}

async function readTexts(folder: string): Promise<SiteTexts> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const texts: SiteTexts = new Map()
  for (const entry of entries.filter((found) => found.isFile())) {
    const file = join(entry.parentPath, entry.name)
    const path = file.slice(folder.length + 1).replaceAll(sep, '/')
    texts.set(path, TEXT.test(path) ? await readFile(file, 'utf8') : '')
  }
  return texts
}
