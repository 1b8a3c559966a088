import { expect, test } from '@playwright/test'
import { sampleSite } from '#lib/testing/sample-site.ts'
import { serveSite } from './served-site.ts'

const LONG_LINE = `\n\n\`\`\`ts title="long.ts" {1}\nconst line = '${'word '.repeat(60)}'\n\`\`\`\n`
const LONG_TABLE = `\n\n| A | B |\n|---|---|\n${'| `a` | b |\n'.repeat(24)}`

test('prints in light colours, without what only a screen can use', async ({ browser }) => {
  const context = await browser.newContext({ colorScheme: 'dark' })
  const page = await context.newPage()
  const printed = await serveSite(sampleSite())
  await page.goto(`${printed.bases.file}/getting-started.html`)
  for (const shown of await page.locator('.diagram img:visible').all()) await expect(shown).toHaveClass(/only-dark/)
  await page.emulateMedia({ media: 'print' })
  for (const shown of await page.locator('.diagram img:visible').all()) await expect(shown).toHaveClass(/only-light/)
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(251, 250, 246)')
  for (const gone of ['.top', '.tree', '.diagram-open', '.neighbours'])
    await expect(page.locator(gone).first()).toBeHidden()
  await context.close()
  await printed.stop()
})

test('prints all parts of tabs with their names, what is folded, and lines of any length', async ({ page }) => {
  const base = sampleSite()
  const pages = base.pages.map((one) => ({ ...one, markdown: one.markdown + LONG_LINE + LONG_TABLE }))
  const printed = await serveSite({ ...base, pages })
  await page.goto(`${printed.bases.file}/getting-started.html`)
  const hidden = () =>
    page.locator('.tab-name, .tab code, .fold > p').evaluateAll((parts) => {
      return parts.filter((part) => !part.checkVisibility()).map((part) => part.textContent.trim())
    })
  expect(await hidden()).toEqual(['pnpm', 'yarn', 'yarn install', expect.stringContaining('readers see whole lines')])
  await page.emulateMedia({ media: 'print' })
  expect(await hidden()).toEqual([])
  const cutOff = await page.locator('.prose pre, .table-scroll').evaluateAll((boxes) => {
    return boxes.filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.textContent)
  })
  expect(cutOff).toEqual([])
  // A box in the head of a table would keep Chromium from repeating it on every sheet.
  await expect(page.locator('th > button').first()).toHaveCSS('display', 'contents')
  await printed.stop()
})
