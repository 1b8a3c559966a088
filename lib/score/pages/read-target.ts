import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DocsfyError, throwIfAborted } from '#lib/errors.ts'
import { htmlPage } from './html-page.ts'
import { markdownPage } from './markdown-page.ts'
import type { DocPage } from './page.ts'
import { rstPage } from './rst-page.ts'
import { siteNavigation } from './site-navigation.ts'

const MARKDOWN = /\.(?:md|mdx|markdown)$/i
const PAGE = /\.(?:md|mdx|markdown|rst|html?)$/i
const MAX_PAGES = 20_000
const MAX_PAGE_BYTES = 5_000_000
const MAX_REDIRECT_CHARS = 4000

/** A folder of documentation as it lies on disk. */
export interface Target {
  pages: DocPage[]
  /** Every file of the folder, relative to it, with `/`. */
  files: Set<string>
  /** Addresses that the configuration of the site names: menus beside the pages. */
  navigation: string[]
  /** Commit the documentation says it was made from; null when it says none. */
  commit: string | null
  /** Files that were not read, with the reason, one sentence each. */
  limits: string[]
}

/** Reads every page below a folder, or one page. Nothing of it is executed or fetched. Throws `invalid_input`. */
export async function readTarget(folder: string, signal: AbortSignal): Promise<Target> {
  const found = await stat(folder).catch(() => null)
  if (!found?.isDirectory())
    throw new DocsfyError('invalid_input', `There is no folder ${folder}: give a folder of Markdown or HTML pages`)
  const files = await listFiles(folder, signal)
  const paired = files.some((file) => /\.html$/i.test(file) && files.includes(`${file.slice(0, -5)}.md`))
  const target: Target = { pages: [], files: new Set(files), navigation: [], commit: null, limits: [] }
  const wanted = files.filter((file) => isPage(file, { paired, files: target.files }))
  if (wanted.length > MAX_PAGES) target.limits.push(`Only the first ${MAX_PAGES} of ${wanted.length} pages were read.`)
  for (const file of wanted.slice(0, MAX_PAGES)) {
    throwIfAborted(signal)
    const bytes = await readFile(join(folder, file))
    if (bytes.length > MAX_PAGE_BYTES) target.limits.push(`${file} was not read: larger than ${MAX_PAGE_BYTES} bytes.`)
    else {
      const text = bytes.toString('utf8')
      if (isRedirect(file, text)) continue
      const page = pageOf(file, text, paired)
      if (page) target.pages.push(page)
      else target.limits.push(`${file} was not read: it is nested too deeply.`)
    }
  }
  if (target.pages.length === 0)
    throw new DocsfyError('invalid_input', `The folder ${folder} holds no Markdown, reStructuredText or HTML page`)
  target.commit = await statedCommit(folder)
  target.navigation = await siteNavigation(folder, files)
  return target
}

async function listFiles(folder: string, signal: AbortSignal): Promise<string[]> {
  const files: string[] = []
  const waiting = ['']
  for (let inside = waiting.pop(); inside !== undefined; inside = waiting.pop()) {
    throwIfAborted(signal)
    for (const entry of await readdir(join(folder, inside), { withFileTypes: true })) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`
      if (entry.isDirectory() && entry.name !== '.git' && entry.name !== 'node_modules') waiting.push(path)
      else if (entry.isFile()) files.push(path)
    }
  }
  return files.sort()
}

/** Where Markdown lies beside HTML, the Markdown is the page; of the HTML only the home page leads somewhere. */
function isPage(file: string, { paired, files }: { paired: boolean; files: Set<string> }): boolean {
  if (!PAGE.test(file) || /(?:^|\/)404\.html$/i.test(file)) return false
  if (MARKDOWN.test(file) || /\.rst$/i.test(file)) return true
  return !paired || (/^index\.html$/i.test(file) && !files.has('index.md'))
}

/** A page that only leads to another one says nothing itself. */
function isRedirect(file: string, text: string): boolean {
  return (
    /\.html?$/i.test(file) && text.length < MAX_REDIRECT_CHARS && /<meta\s[^>]*http-equiv=["']?refresh\b/i.test(text)
  )
}

/** Null when the page is nested so deeply that the stack does not hold it. */
function pageOf(file: string, text: string, paired: boolean): DocPage | null {
  const isHtml = /\.html?$/i.test(file)
  const read = isHtml ? htmlPage : /\.rst$/i.test(file) ? rstPage : markdownPage
  try {
    return { key: file.replace(PAGE, ''), file, ...read(text, paired), isNavigation: paired && isHtml }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

async function statedCommit(folder: string): Promise<string | null> {
  const text = await readFile(join(folder, 'llms.txt'), 'utf8').catch(() => '')
  return /\bcommit ([0-9a-f]{40})\b/.exec(text)?.[1] ?? null
}
