import type { Page } from '@playwright/test'

/** What the browser refused because of the policy of a page, in its own words; grows while the page is used. */
export function watchPolicy(page: Page): string[] {
  const refused: string[] = []
  page.on('console', (message) => {
    const text = message.text()
    if (/content security policy/i.test(text)) refused.push(`${page.url()}: ${text}`)
  })
  return refused
}
