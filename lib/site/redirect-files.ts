import { SLUG_PATTERN } from '#lib/domain/plan.ts'
import { REDIRECTS_FILE, redirectsJson } from '#lib/domain/redirects.ts'
import { renderRedirect } from '#lib/site/redirect-view.ts'
import type { SiteModel } from '#lib/site/site-model.ts'
import { urlFrom } from '#lib/site/site-paths.ts'

/** A page for each redirect, and the record by which a server answers them itself. */
export function redirectFiles({ input, pages, paths }: SiteModel): [path: string, content: string][] {
  const bySlug = new Map(pages.map((entry) => [entry.page.slug, entry]))
  const taken = new Set([...paths.pages.values()].map((file) => file.toLowerCase()))
  const led = Object.entries(input.redirects).flatMap(([from, to]) => {
    const target = bySlug.get(to)
    const isPlain = target?.file === to && SLUG_PATTERN.test(from) && !taken.has(from) && !/^(?:index|404)$/.test(from)
    return target && isPlain ? [{ from, target }] : []
  })
  if (led.length === 0) return []
  const record = Object.fromEntries(led.map(({ from, target }) => [from, target.file]))
  return [
    ...led.map(({ from, target }): [string, string] => [
      `${from}.html`,
      renderRedirect(`${urlFrom(0, target.file)}.html`, target.page.title),
    ]),
    [REDIRECTS_FILE, redirectsJson(record)],
  ]
}
