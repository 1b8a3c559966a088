import { readdirSync, readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { renderInto } from '#lib/site/render-site.ts'
import { renderedIn, renderedLines } from '#lib/site/rendered-memory.ts'
import { fillSite } from '#lib/site/write-site.ts'
import { siteOf } from './markdown-pages.ts'

/**
 * The generator under measurement, in a process of its own: reads a folder of Markdown, renders the site and writes it.
 * With an earlier site it takes over what is the same. What it rendered is kept in `KEPT`, for the next time.
 */
const [content = '', dir = '', kept = '', earlierDir] = process.argv.slice(2)
// One after the other: small files are read in a third of the time that threads take to share them.
const pages = readdirSync(content)
  .sort()
  .map((name) => {
    const markdown = readFileSync(join(content, name), 'utf8')
    const title = /^# (.+)$/m.exec(markdown)?.[1] ?? name
    return { slug: name.slice(0, -3), title, markdown }
  })
const earlier = earlierDir ? renderedIn(await readFile(kept)) : null
const update = { earlier, sourceIds: new Map(), readSources: async () => new Map() }
const place = { dir, earlierDir: earlierDir ?? null, signal: new AbortController().signal }
const { rendered } = await fillSite(place, (put) => renderInto(siteOf(pages), update, put))
await writeFile(kept, renderedLines({ ...rendered, run_id: '' }))
