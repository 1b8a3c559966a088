import type { PageCheck, WrittenPage } from '#lib/domain/page.ts'
import type { Plan } from '#lib/domain/plan.ts'
import type { Redirects } from '#lib/domain/redirects.ts'

/** Everything a site is made of; rendering is a pure function of it. */
export interface SiteInput {
  plan: Plan
  pages: WrittenPage[]
  checks: PageCheck[]
  /** Repository as people know it: an address, or the name of a local folder. Never a path of the machine. */
  repository: string
  branch: string
  commit: string
  committedAt: string
  /** Base of links to files on the forge, ending in `/`; null when there is none. */
  forgeBase: string | null
  /** Text of every cited file, by path. */
  sources: Map<string, string>
  /** Pages that are gone, by slug, with the slug of the page that took their place. */
  redirects: Redirects
}

/** Content of a file; made when it is asked for where a site has so many of a kind that all at once fill the memory. */
export type SiteFile = string | Uint8Array | (() => string)

/** Files of a site by path relative to its root, always with `/`. */
export type SiteFiles = Map<string, SiteFile>

/** What a file holds. */
export function contentOf(file: SiteFile): string | Uint8Array {
  return typeof file === 'function' ? file() : file
}
