import type { Facts } from '#lib/domain/facts.ts'
import type { PageCheck, WrittenPage } from '#lib/domain/page.ts'
import type { Plan } from '#lib/domain/plan.ts'
import type { Redirects } from '#lib/domain/redirects.ts'
import type { Rendered } from '#lib/domain/rendered.ts'

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
  /** Every cited file by path, with its text where it is known already. */
  sources: Map<string, string>
  /** Files of the repository that pages show as images, by path; null: one that stays a link. Absent: none. */
  images?: ReadonlyMap<string, SiteImage | null>
  /** Pages that are gone, by slug, with the slug of the page that took their place. */
  redirects: Redirects
  /** Where the site will be read, ending in `/`; null or absent: nobody said. */
  address?: string | null
  /** What was read from the repository, for facts.json; absent: only what the site says of itself. */
  facts?: Facts
}

/** A picture of the repository as a file of the site. */
export interface SiteImage {
  /** Git id of its content. */
  oid: string
  /** Path in the site. */
  file: string
  /** In pixels. */
  width: number
  height: number
  bytes: number
  /** Null: the earlier site has it. */
  content: Uint8Array | null
}

/** Stands for a file that the earlier site has as it would be now. */
export const KEPT: unique symbol = Symbol('kept')

/** Content of a file; made when it is asked for where a site has so many of a kind that all at once fill the memory. */
export type SiteFile = string | Uint8Array | (() => string) | typeof KEPT

/** Takes a file of a site over; waits while there are many that are not written yet. */
export type PutFile = (path: string, file: SiteFile) => Promise<void>

/** What makes rendering again cheap, and how it is done. */
export interface SiteUpdate {
  /** What the earlier site was made of; null when every file is to be made. */
  earlier: Omit<Rendered, 'run_id'> | null
  /** Git ids of cited files, by path; those of others are not known, and their pages always made. */
  sourceIds: Map<string, string>
  readSources: (paths: string[]) => Promise<Map<string, string>>
  /** Awaited before each page: lets an abort through. */
  pause?: () => Promise<void>
  /** Ends threads that help. */
  signal?: AbortSignal
  /** Threads that help at most, and from how many characters of pages or sources on; absent: where that is faster. */
  threads?: { most?: number; fromChars: number }
}

/** Files of a site by path relative to its root, always with `/`. */
export type SiteFiles = Map<string, SiteFile>

/** What a file holds. Throws for one that only the earlier site has. */
export function contentOf(file: SiteFile): string | Uint8Array {
  if (file === KEPT) throw new Error('The content of a kept file is in the earlier site')
  return typeof file === 'function' ? file() : file
}
