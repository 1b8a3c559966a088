/** What a rendered site is made of, kept beside it, so that the next one takes over every file that would be the same. */
export interface Rendered {
  /** Run whose site this is. */
  run_id: string
  /** By slug. */
  pages: Record<string, RenderedPage>
  /** Pages of cited files: path in the site → key. */
  sources: Record<string, string>
  /** Pictures of the repository that the site has, by Git id. */
  images?: Record<string, { file: string; width: number; height: number; bytes: number }>
  /** What the search knows of it (`SearchMemory`). */
  search?: { pages: [slug: string, title: string, first: number][]; terms: string; texts?: [string, string][] }
}

interface RenderedPage {
  key: string
  /** What the rest of the site needs of it. */
  sections: { id: string; heading: string; text: string }[]
  citations: { path: string; start: number; end: number }[]
  /** The files it consists of. */
  files: string[]
  /** All of this as it was remembered, for a page that was taken over. */
  lines?: Uint8Array
}
