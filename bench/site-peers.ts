import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { WORK_PROCESS } from '#lib/config.ts'
import type { MarkdownPage } from './markdown-pages.ts'
import { runMeasured } from './measure-build.ts'

const execute = promisify(execFile)
const PAGES_PER_PART = 25

/**
 * Every build goes to a place where nothing was: on ext4, a file that is made within a minute after thousands were deleted
 * near it costs half a millisecond instead of a sixtieth, which would be the disk's time and not the generator's.
 */
export interface Generator {
  name: string
  /** Builds the site of the pages anew. */
  build(pages: MarkdownPage[]): Promise<{ seconds: number; peakMb: number }>
}

interface Docsfy extends Generator {
  /** Builds beside the last site what changed in it, into a folder of its own; `site` is that folder. */
  again(pages: MarkdownPage[]): Promise<{ seconds: number; site: string }>
  /** Folder of the last site that was built. */
  site(): string
}

/** docsfy, over Markdown on disk, in a process of its own. What Node makes of its files is kept in `compiled`. */
export function docsfy(folder: string, compiled: string): Docsfy {
  const [content, kept, sites] = [join(folder, 'content'), join(folder, 'rendered.json'), freshPlaces(folder)]
  const program = join(import.meta.dirname, 'site-once.ts')
  const env = { ...process.env, ...WORK_PROCESS.environment, NODE_COMPILE_CACHE: compiled }
  const once = (...args: string[]) =>
    runMeasured(process.execPath, [...WORK_PROCESS.flags, program, content, ...args], { env })
  const write = (pages: MarkdownPage[]) =>
    writeAll(content, new Map(pages.map(({ slug, markdown }, index) => [`${nameAt(index)}-${slug}.md`, markdown])))
  return {
    name: 'docsfy',
    async build(pages) {
      await write(pages)
      return once(sites.next(), kept)
    },
    async again(pages) {
      await write(pages)
      const earlier = sites.last()
      const site = sites.next()
      return { ...(await once(site, kept, earlier)), site }
    },
    site: sites.last,
  }
}

/** Hugo with highlighting, contents, the navigation of the part and a file for search; null when it is not installed. */
export async function hugo(folder: string): Promise<Generator | null> {
  const isThere = await execute('hugo', ['version']).then(
    () => true,
    () => false,
  )
  if (!isThere) return null
  const layout = (main: string) => `<!doctype html><html lang="en"><head><title>{{ .Title }}</title></head><body>
<nav>{{ range .CurrentSection.RegularPages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
<main>${main}</main><aside>{{ .TableOfContents }}</aside></body></html>`
  await writeAll(folder, {
    'hugo.toml': `baseURL = "https://example.org/"
title = "bench"
disableKinds = ["taxonomy", "term", "RSS"]
[outputs]
home = ["HTML", "JSON"]
[markup.goldmark.renderer]
unsafe = false
[markup.highlight]
noClasses = false
`,
    'layouts/_default/single.html': layout('<h1>{{ .Title }}</h1>{{ .Content }}'),
    'layouts/_default/list.html': layout(
      '{{ range .RegularPages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}',
    ),
    'layouts/index.json': `{{ $index := slice }}{{ range .Site.RegularPages }}{{ $index = $index | append (dict "title" .Title "url" .RelPermalink "text" .Plain) }}{{ end }}{{ $index | jsonify }}`,
  })
  const sites = freshPlaces(folder)
  return {
    name: 'Hugo',
    async build(pages) {
      await writeAll(
        join(folder, 'content'),
        inParts(pages, (text) => text.replace(/\{\{(?=[<%])/g, '{ {')),
      )
      return runMeasured('hugo', ['--quiet', '--config', 'hugo.toml', '--destination', sites.next()], { cwd: folder })
    },
  }
}

/** Eleventy from npm with its plug-in for highlighting, the navigation of the part and a file for search. */
export async function eleventy(folder: string): Promise<Generator> {
  await mkdir(folder, { recursive: true })
  const packages = ['@11ty/eleventy@3', '@11ty/eleventy-plugin-syntaxhighlight@5']
  await execute('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', folder, ...packages])
  await writeAll(folder, {
    'eleventy.config.mjs': `import highlight from '@11ty/eleventy-plugin-syntaxhighlight'
export default function (config) {
  config.addPlugin(highlight, { errorOnInvalidLanguage: false })
  config.setQuietMode(true)
  config.addCollection('parts', (all) => Object.groupBy(all.getAll(), ({ filePathStem }) => filePathStem.split('/')[1]))
  return { dir: { input: 'content', includes: '../includes' }, markdownTemplateEngine: false }
}
`,
    'includes/page.njk': `<!doctype html><html lang="en"><head><title>{{ title }}</title></head><body>
<nav>{% for other in collections.parts[page.filePathStem.split('/')[1]] %}<a href="{{ other.url }}">{{ other.data.title }}</a>{% endfor %}</nav>
<main>{{ content | safe }}</main></body></html>`,
  })
  const sites = freshPlaces(folder)
  return {
    name: 'Eleventy',
    async build(pages) {
      const index = `---\npermalink: index.json\neleventyExcludeFromCollections: true\n---\n[{% for part, all in collections.parts %}{% for one in all %}{{ { title: one.data.title, url: one.url, text: one.rawInput } | dump | safe }},{% endfor %}{% endfor %}null]`
      const files = inParts(pages, (text) => text)
      for (const [path, text] of files) files.set(path, text.replace('---\n', '---\nlayout: page.njk\n'))
      await writeAll(join(folder, 'content'), files.set('search.njk', index))
      const program = await realProgram(folder)
      const options = ['--config=eleventy.config.mjs', `--output=${relative(folder, sites.next())}`]
      return runMeasured(process.execPath, [program, ...options], { cwd: folder })
    },
  }
}

/** The script of Eleventy itself: a starter in between would hide its memory. */
async function realProgram(folder: string): Promise<string> {
  const place = join(folder, 'node_modules', '@11ty', 'eleventy')
  const { bin } = JSON.parse(await readFile(join(place, 'package.json'), 'utf8')) as { bin: Record<string, string> }
  return join(place, bin.eleventy ?? '')
}

function inParts(pages: MarkdownPage[], clean: (text: string) => string): Map<string, string> {
  return new Map(
    pages.map(({ slug, title, markdown }, index) => [
      `part-${Math.floor(index / PAGES_PER_PART)}/${slug}.md`,
      `---\ntitle: ${JSON.stringify(title)}\n---\n${clean(markdown)}`,
    ]),
  )
}

/** Folders for one site after the other. */
function freshPlaces(folder: string) {
  let count = 0
  const last = () => join(folder, `site-${count}`)
  return {
    last,
    next: () => {
      count += 1
      return last()
    },
  }
}

function nameAt(index: number): string {
  return String(index).padStart(5, '0')
}

async function writeAll(folder: string, files: Map<string, string> | Record<string, string>): Promise<void> {
  for (const [path, text] of files instanceof Map ? files : Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}
