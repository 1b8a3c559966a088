import type { SourceRange } from './facts.ts'
import type { ManifestFact } from './manifest.ts'
import type { PageProvenance } from './page.ts'

/** A page as a run left it for the next one: its text and what it was made from. */
export interface CachedPage {
  slug: string
  markdown: string
  writer: string
  /** `PageManifest` of the page. */
  fingerprint: string
  places: SourceRange[]
  facts(): ManifestFact[]
  /** Citations that stand for no fact: target → hash of their lines. */
  own: Record<string, string>
  provenance: PageProvenance
}
