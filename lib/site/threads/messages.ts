import type { SiteInput } from '#lib/domain/site.ts'
import type { CitedFile, MadePage, MadeSource, PageText } from '#lib/site/make-files.ts'

/** What a thread is started with: what the site is made of, but for texts, which come with the tasks, and what no page shows. */
export interface SiteThreadSetup {
  compileCache: string | null
  input: SiteInput
  assetVersion: string
}

export type SiteTask = { kind: 'pages'; pages: PageText[] } | { kind: 'source'; file: CitedFile }

/** Answers come in the order of the tasks. */
export type FromSiteThread =
  | { type: 'ready' }
  | { type: 'made'; made: MadePage[] | MadeSource }
  | { type: 'failed'; error: unknown }

/** What a thread that shares files is started with; its tasks are lists of paths relative to both folders. */
export interface LinkThreadSetup {
  earlierDir: string
  dir: string
  /** Made before the first task, relative to `dir`. */
  folders: readonly string[]
}

/** Answers come in the order of the tasks. An error is not posted itself: it would lose its code. */
export type FromLinkThread =
  | { type: 'shared' }
  | { type: 'failed'; message: string; code: string | undefined; syscall: string | undefined }
