import { type BrowserContext, expect, type Page } from '@playwright/test'
import { adminOf, connection, fillLogin } from './dashboard-people.ts'
import { test } from './fixtures.ts'
import { watchPolicy } from './page-policy.ts'

const NOTE = (way: string) => `(window.ran ??= []).push('${way}')`

/** Ways of a script into a page, as markup; `nonce` is one of an earlier answer. */
const WAYS: Record<string, (nonce: string) => string> = {
  'inline script': () => `<script>${NOTE('inline script')}</script>`,
  'guessed nonce': () => `<script nonce="AAAAAAAAAAAAAAAAAAAAAA==">${NOTE('guessed nonce')}</script>`,
  'earlier nonce': (nonce) => `<script nonce="${nonce}">${NOTE('earlier nonce')}</script>`,
  'file of our own address': () => '<script src="/docs/strange/assets/site.js"></script>',
  'data address': () => `<script src="data:text/javascript,${NOTE('data address')}"></script>`,
  'event handler': () => `<img alt="" src="/docs/nothing.png" onerror="${NOTE('event handler')}">`,
  frame: () => `<iframe srcdoc="<script>(parent.${NOTE('frame').slice(1)}</script>"></iframe>`,
}
const STYLES = '<style>:root { --smuggled: yes }</style><p id="styled" style="--smuggled: yes"></p>'

test('a script that got into a page of the dashboard does not run; without the policy every one does', async ({
  docsfy,
  browser,
}) => {
  const first = await fetch(`${docsfy.url}/login`)
  const earlier = nonceIn(first.headers.get('content-security-policy'))
  const markup =
    Object.values(WAYS)
      .map((way) => way(earlier))
      .join('') + STYLES
  for (const kept of [true, false]) {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${docsfy.url}/login`)
    await fillLogin(page, adminOf(docsfy))
    await expect(connection(page)).toHaveText('Live')
    const nonces = await smuggle(context, { url: docsfy.url, markup, kept })
    const refused = watchPolicy(page)
    // Waits for all that the markup loads.
    await page.goto(docsfy.url, { waitUntil: 'load' })
    expect((await ranIn(page)).toSorted()).toEqual(kept ? [] : Object.keys(WAYS).toSorted())
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--smuggled'))).toBe(
      kept ? '' : 'yes',
    )
    await followScriptLink(page)
    if (kept) {
      await expect.poll(() => refused.join('\n')).toContain('JavaScript URL')
      expect(refused.length).toBeGreaterThanOrEqual(Object.keys(WAYS).length)
    } else await expect.poll(() => ranIn(page)).toContain('link')
    expect(new Set([...nonces, earlier]).size, 'every answer has a nonce of its own').toBe(nonces.length + 1)
    await context.close()
  }
})

interface Smuggling {
  url: string
  markup: string
  /** Whether the policy of the answers is left as it is. */
  kept: boolean
}

/** Adds markup to every page that comes; answers the nonces that came with them. */
async function smuggle(context: BrowserContext, { url, markup, kept }: Smuggling): Promise<string[]> {
  const nonces: string[] = []
  await context.route(`${url}/docs/strange/**`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: NOTE('file of our own address') }),
  )
  await context.route(
    (address) => address.href === `${url}/`,
    async (route) => {
      const response = await route.fetch()
      const { 'content-security-policy': policy = '', ...headers } = response.headers()
      nonces.push(nonceIn(policy))
      const body = (await response.text()).replace(/<body[^>]*>/, (start) => start + markup)
      await route.fulfill({
        response,
        body,
        headers: kept ? { ...headers, 'content-security-policy': policy } : headers,
      })
    },
  )
  return nonces
}

function nonceIn(policy: string | null): string {
  const nonce = /script-src 'nonce-([^']+)'/.exec(policy ?? '')?.[1]
  if (!nonce) throw new Error(`There is no nonce in the policy ${policy}`)
  return nonce
}

function ranIn(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as { ran?: string[] }).ran ?? [])
}

async function followScriptLink(page: Page): Promise<void> {
  await page.evaluate((note) => {
    const link = document.createElement('a')
    link.href = `javascript:void ${note}`
    document.body.append(link)
    link.click()
  }, NOTE('link'))
}
