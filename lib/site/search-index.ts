import type { Section } from '#lib/site/markdown.ts'
import type { SitePage } from '#lib/site/site-model.ts'

/** Pages as [file, title, group]; sections as [index of the page, heading id, heading, text]. */
export interface SearchIndex {
  pages: [string, string, string][]
  sections: [number, string, string, string][]
}

/** The index as a script, because scripts load from disk and under the policy, where fetched files do not. */
export function searchIndexScript(pages: { entry: SitePage; sections: Section[] }[]): string {
  const index: SearchIndex = { pages: [], sections: [] }
  for (const [number, { entry, sections }] of pages.entries()) {
    index.pages.push([entry.file, entry.page.title, entry.group])
    for (const { id, heading, text } of sections) {
      if (heading || text || !id) index.sections.push([number, id, heading, text])
    }
  }
  return `window.docsfySearchIndex = ${JSON.stringify(index)}\n`
}
