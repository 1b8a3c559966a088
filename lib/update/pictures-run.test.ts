import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runPipeline } from '#lib/pipeline.ts'
import { makeJob } from '#lib/testing/make-job.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'
import { TINY_IMAGES } from '#lib/testing/tiny-images.ts'
import { writerFor } from '#lib/writers/registry.ts'

/** Few words are no guide. */
const PROSE = 'A game begins with an empty board, on which both players set their stones in turn. '.repeat(12)
const GUIDE = `# Playing

${PROSE}

![The board](img/board.png)

\`\`\`js
play()
\`\`\`
`

let work = ''
let repository: TempRepository

beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'docsfy-pictures-'))
  repository = await createTempRepository({
    files: {
      'src/play.js': '/** Plays. */\nexport function play() {}\n',
      'docs/playing.md': GUIDE,
      'docs/img/board.png': TINY_IMAGES.png,
    },
  })
})
afterEach(async () => {
  await repository.remove()
  await rm(work, { recursive: true })
})

async function run() {
  const job = makeJob({ runId: randomUUID(), path: repository.path, work })
  const warnings: string[] = []
  const { siteDir } = await runPipeline(job, {
    signal: new AbortController().signal,
    writer: writerFor(job),
    progress: (event) => void (event.kind === 'warning' && warnings.push(event.message)),
  })
  const site = siteDir ?? ''
  const names = (await readdir(join(site, 'assets'))).filter((name) => name.startsWith('image-'))
  const page = (await readdir(site)).find((name) => /playing\.html$/.test(name)) ?? ''
  return { site, names, page: await readFile(join(site, page), 'utf8'), warnings }
}

it('brings the pictures of guides into the site, shares them with the next one, and follows their content', async () => {
  const first = await run()
  const [name = ''] = first.names
  expect(first.names).toHaveLength(1)
  expect(first.page).toContain(`src="assets/${name}" width="7" height="5" alt="The board"`)
  const place = join(first.site, 'assets', name)
  expect(new Uint8Array(await readFile(place))).toEqual(TINY_IMAGES.png)
  const { ino } = await stat(place)

  await repository.write({ 'src/play.js': '/** Plays twice. */\nexport function play() {}\n' }, 'another sentence')
  const second = await run()
  expect(second.names).toEqual(first.names)
  expect((await stat(join(second.site, 'assets', name))).ino).toBe(ino)

  await repository.write({ 'docs/img/board.png': TINY_IMAGES.gif }, 'another picture')
  const third = await run()
  expect(third.names).toHaveLength(1)
  expect(third.names[0]).toMatch(/\.gif$/)
  expect(third.page).toContain(`src="assets/${third.names[0]}"`)
  expect(third.warnings).toEqual([])

  const large = new Uint8Array(1_100_000)
  large.set(TINY_IMAGES.png)
  await repository.write({ 'docs/img/board.png': large }, 'a large picture')
  const last = await run()
  expect(last.names).toEqual([])
  expect(last.page).toContain('<span class="image-gone">Image: The board</span>')
  expect(last.warnings).toEqual(['1 picture is larger than 1 MB and is linked instead of shown: docs/img/board.png'])
})
