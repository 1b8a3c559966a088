import { hash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { WrittenPage } from '#lib/domain/page.ts'
import type { SiteInput } from '#lib/domain/site.ts'

/** Shorter texts are notes rather than pages, longer ones are cut at their headings of level two. */
const MIN_CHARS = 1000
const MAX_CHARS = 8000
const PAGES_PER_GROUP = 25
const COMMIT = '3ef35b2c9d1e4f5a6b7c8d9e0f1a2b3c4d5e6f70'

export interface MarkdownPage {
  slug: string
  title: string
  markdown: string
}

/**
 * Pages of real Markdown in an order that does not depend on the machine: the texts below `folder`, by default those of
 * the installed packages. Where there are fewer than `count`, later rounds repeat them under names of their own.
 */
export async function markdownPages(count: number, folder = 'node_modules'): Promise<MarkdownPage[]> {
  const texts = new Set<string>()
  for (const path of (await Array.fromAsync(glob(join(folder, '**', '*.{md,mdx}')))).sort()) {
    if (/change|licen[cs]e|history|third.?party|\/tests?\//i.test(path.slice(folder.length))) continue
    const text = withoutFrontMatter(await readFile(path, 'utf8'), basename(path))
    for (const part of cutPages(text)) if (part.length >= MIN_CHARS) texts.add(part)
  }
  const ordered = [...texts]
    .map((text) => ({ text, key: hash('sha256', text) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  if (ordered.length === 0) throw new Error(`There is no Markdown in ${folder}`)
  return Array.from({ length: count }, (_, index) => {
    const { text } = ordered[index % ordered.length] as { text: string }
    return pageOf(text, { index, round: Math.floor(index / ordered.length) })
  })
}

/** A site of such pages, in groups as large as those of a big project. */
export function siteOf(pages: MarkdownPage[]): SiteInput {
  const provenance = { provider: 'builtin', model: 'static', runId: 'bench', commit: COMMIT }
  const written = pages.map((page): WrittenPage => ({ ...page, type: 'guide', description: '', provenance }))
  const entries = written.map(({ slug, title }) => ({
    slug,
    title,
    description: '',
    type: 'guide' as const,
    kind: 'overview' as const,
  }))
  const navigation = Array.from({ length: Math.ceil(entries.length / PAGES_PER_GROUP) }, (_, index) => ({
    group: `Part ${index + 1}`,
    pages: entries.slice(index * PAGES_PER_GROUP, (index + 1) * PAGES_PER_GROUP),
  }))
  return {
    plan: { project_name: 'bench', tagline: 'Pages of real Markdown.', repo_type: 'library', navigation },
    pages: written,
    checks: [],
    repository: 'https://example.org/docs/bench',
    branch: 'main',
    commit: COMMIT,
    committedAt: '2026-11-20T08:30:00Z',
    forgeBase: null,
    sources: new Map(),
    redirects: {},
  }
}

function pageOf(text: string, { index, round }: { index: number; round: number }): MarkdownPage {
  const title = (/^# +(.+)$/m.exec(text)?.[1] ?? 'Untitled')
    .replace(/[`*_[\]]|\(.*?\)/g, '')
    .trim()
    .slice(0, 80)
  const name = round === 0 ? title : `${title} ${round + 1}`
  const markdown = text.replace(/^# .*$/m, `# ${name}`)
  const slug = `${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)}-${index}`.replace(/^-/, 'page-')
  return { slug, title: name, markdown }
}

function withoutFrontMatter(text: string, file: string): string {
  const [, front, rest = text] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text.replace(/\r\n/g, '\n')) ?? []
  if (/^# /m.test(rest)) return rest.slice(rest.search(/^# /m))
  const title = /^title: *["']?(.+?)["']?$/m.exec(front ?? '')?.[1] ?? file.replace(/\.mdx?$/, '')
  return `# ${title}\n\n${rest}`
}

/** A long text as several pages; the heading that begins one becomes its title. */
function cutPages(text: string): string[] {
  if (text.length <= MAX_CHARS) return [text]
  return splitOutsideCode(text).map((part) => part.replace(/^## /, '# '))
}

/** Splits before headings of level two; a `##` inside a code block begins nothing. */
function splitOutsideCode(text: string): string[] {
  const parts: string[][] = [[]]
  let fence = ''
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(```|~~~)/.exec(line)?.[1] ?? ''
    if (mark && (!fence || fence === mark)) fence = fence ? '' : mark
    if (!fence && line.startsWith('## ')) parts.push([])
    parts.at(-1)?.push(line)
  }
  return parts.map((lines) => lines.join('\n'))
}
