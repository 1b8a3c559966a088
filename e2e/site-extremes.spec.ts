import { expect, test } from '@playwright/test'
import type { WrittenPage } from '#lib/domain/page.ts'
import type { SiteInput } from '#lib/domain/site.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'
import { pressWhenPainted, type ServedSite, serveSite } from './served-site.ts'

const LONG = 'ANameWithoutBlanksThatIsFarLongerThanAnyScreenOfAPhone'.repeat(3)
const ARABIC = '# البدء\n\nشغّل `createServer()` الآن.\n\n| الخيار | الوصف |\n|---|---|\n| `--count` | عدد المرات |\n'
const CODE = `\n\`\`\`sh\nnpm ci\n\`\`\`\n\n\`\`\`sh\necho ${'long '.repeat(60)}\n\`\`\`\n`

/** The sample under a name without blanks, with a page of a language that runs from right to left. */
function extremeSite(): SiteInput {
  const base = sampleSite()
  const [sample] = base.pages as [WrittenPage]
  const provenance = { ...sample.provenance, provider: 'claude' }
  const pages = [...base.pages, { ...sample, slug: 'arabic', title: 'البدء', markdown: ARABIC + CODE, provenance }]
  const entry = { slug: 'arabic', title: 'البدء', description: '', type: 'guide' as const, kind: 'overview' as const }
  const navigation = [...base.plan.navigation, { group: LONG, pages: [entry] }]
  const style = { ...base.plan.style, language: 'ar' }
  return { ...base, pages, plan: { ...base.plan, project_name: LONG, navigation, style } as SiteInput['plan'] }
}

let site: ServedSite

test.beforeAll(async () => {
  site = await serveSite(extremeSite())
})

test.afterAll(() => site.stop())

test('breaks names without blanks rather than scroll sideways', async ({ browser }) => {
  for (const width of [390, 1280]) {
    const page = await browser.newPage({ viewport: { width, height: 800 } })
    for (const path of ['index.html', 'getting-started.html', 'arabic.html', 'source/src/store.py.html']) {
      await page.goto(`${site.bases.file}/${path}`)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0)
    }
    await page.close()
  }
})

test('sets code from left to right where the text runs from right to left, and its columns from the right', async ({
  page,
}) => {
  await page.goto(`${site.bases.file}/arabic.html`)
  for (const name of ['createServer()', '--count'])
    await expect(page.getByText(name, { exact: true })).toHaveCSS('direction', 'ltr')
  const [head, code] = await Promise.all(
    [page.getByRole('columnheader').first(), page.getByRole('cell').first().locator('code')].map((part) =>
      part.evaluate((element) => {
        const range = document.createRange()
        range.selectNodeContents(element)
        return range.getBoundingClientRect().right
      }),
    ),
  )
  expect(Math.abs((head ?? 0) - (code ?? 0))).toBeLessThan(8)
})

test('frames what is current, chosen or cited where a reader has colours of their own', async ({ browser }) => {
  const context = await browser.newContext({ forcedColors: 'active', viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.goto(`${site.bases.file}/getting-started.html`)
  await expect(page.locator('.tree [aria-current]')).toHaveCSS('outline-style', 'solid')
  await pressWhenPainted(page, '/')
  await page.getByRole('combobox').fill('server')
  await expect(page.getByRole('option').first()).toHaveCSS('outline-style', 'solid')
  await expect(page.getByRole('option').nth(1)).toHaveCSS('outline-style', 'none')
  await page.goto(`${site.bases.file}/source/src/store.py.html#L2-L3`)
  await expect(page.locator('.hit')).toHaveCount(2)
  for (const line of await page.locator('.hit').all()) await expect(line).toHaveCSS('outline-style', 'solid')
  await context.close()
})

test('gives the button that copies no line of its own, and hides no end of a line below it', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true })
  const page = await context.newPage()
  await page.goto(`${site.bases.file}/arabic.html`)
  await expect(page.locator('.copy')).toHaveCount(2)
  for (const block of await page.locator('.code').all()) {
    expect(await block.evaluate(({ clientHeight }) => clientHeight)).toBeLessThan(60)
    const room = await block.evaluate((element) => {
      const [scroller, code, button] = ['pre', 'code', '.copy'].map((part) => element.querySelector(part))
      if (!scroller || !code?.firstChild || !button) throw new Error('a block of code has lost a part')
      scroller.scrollLeft = scroller.scrollWidth
      const text = document.createRange()
      text.selectNodeContents(code.firstChild)
      return button.getBoundingClientRect().left - text.getBoundingClientRect().right
    })
    expect(room).toBeGreaterThanOrEqual(0)
  }
  await context.close()
})
