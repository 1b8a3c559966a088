import { gzipSync } from 'node:zlib'
import { expect, type Page } from '@playwright/test'
import { connection } from './dashboard-people.ts'

const QUIET_MS = 2_000

/** Opens an address of the dashboard; kilobytes (1,000 bytes, gzip) of all scripts that came until the feed was live and 2 s passed without another. */
export async function loadedScriptKb(page: Page, url: string): Promise<number> {
  const sizes = new Map<string, number>()
  let lastMs = performance.now()
  const count = (response: Awaited<ReturnType<Page['waitForResponse']>>) => {
    if (response.request().resourceType() !== 'script') return
    sizes.set(response.url(), 0)
    void response.body().then((body) => {
      sizes.set(response.url(), gzipSync(body, { level: 9 }).length)
      lastMs = performance.now()
    })
  }
  page.on('response', count)
  await page.goto(url)
  await expect(connection(page)).toHaveText('Live')
  // Every body must have been read before another page is opened.
  await expect.poll(() => ![...sizes.values()].includes(0) && performance.now() - lastMs > QUIET_MS).toBe(true)
  page.off('response', count)
  const bytes = [...sizes.values()]
  if (bytes.length === 0 || bytes.includes(0)) throw new Error('A script was not counted')
  return bytes.reduce((total, size) => total + size, 0) / 1000
}
