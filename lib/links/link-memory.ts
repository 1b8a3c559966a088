import { hash } from 'node:crypto'
import type { WrittenPage } from '#lib/domain/page.ts'
import { type PageNames, pageNames } from '#lib/links/page-names.ts'

/** What was read in pages: slug, hash of the Markdown it was read in, names. */
export type LinkMemory = [slug: string, hash: string, names: PageNames][]

/** Reads each page once, and those not at all that are as `before` knows them. */
export function rememberedNames(before: LinkMemory | null) {
  const old = new Map((before ?? []).map(([slug, key, names]) => [slug, { key, names }]))
  const now = new Map<string, { key: string; names: PageNames }>()
  return {
    namesOf({ slug, markdown }: WrittenPage): PageNames {
      const read = now.get(slug)
      if (read) return read.names
      const key = hash('sha256', markdown)
      const known = old.get(slug)
      const names = known?.key === key ? known.names : pageNames(markdown)
      now.set(slug, { key, names })
      return names
    },
    toRemember: (): LinkMemory => Array.from(now, ([slug, { key, names }]) => [slug, key, names]),
  }
}
