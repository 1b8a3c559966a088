import { afterEach, describe, expect, it } from 'vitest'
import { siteMaker } from '#lib/site/make-files.ts'
import { siteModel } from '#lib/site/site-model.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'
import { SiteCrew } from './site-crew.ts'

const PATIENCE = { timeout: 60_000 }
const model = siteModel(sampleSite(), '?v=1')
const pages = model.pages.map(({ page }) => page)
const first = { slug: pages[0]?.slug ?? '', markdown: '# One\n' }
const crews: SiteCrew[] = []

/** Its one thread takes the next tasks. */
async function readyCrew(signal?: AbortSignal): Promise<SiteCrew> {
  const crew = new SiteCrew({ model, signal, mostThreads: 1 })
  crews.push(crew)
  crew.start()
  await expect.poll(() => crew.hasRoom, PATIENCE).toBe(true)
  return crew
}

afterEach(async () => {
  for (const crew of crews.splice(0)) await crew.close()
})

describe('SiteCrew', () => {
  it('makes in another thread the same bytes as in this one', { timeout: 90_000 }, async () => {
    const [crew, own] = [await readyCrew(), siteMaker(model)]
    expect(await crew.pages(pages)).toEqual(await own.pages(pages))
    const [path = ''] = model.paths.sources.keys()
    const file = { path, text: 'const a = 1\n', citedBy: [{ slug: first.slug, range: { path, start: 1, end: 1 } }] }
    expect(await crew.source(file)).toEqual(await own.source(file))
  })

  it('fails every call once a thread has failed at one', { timeout: 90_000 }, async () => {
    const crew = await readyCrew()
    const calls = [{ ...first, slug: 'absent' }, first].map((page) => crew.pages([page]))
    for (const call of await Promise.allSettled(calls))
      expect(call).toMatchObject({ status: 'rejected', reason: { message: 'The site has no page "absent"' } })
    await expect(crew.pages([first])).rejects.toThrow('The site has no page "absent"')
  })

  it('ends the calls under way when it is aborted', { timeout: 90_000 }, async () => {
    const controller = new AbortController()
    const crew = await readyCrew(controller.signal)
    const calls = pages.map((page) => crew.pages([page]))
    controller.abort()
    for (const call of await Promise.allSettled(calls))
      expect(call).toMatchObject({ status: 'rejected', reason: { code: 'aborted' } })
  })
})
