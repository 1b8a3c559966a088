import type { WrittenPage } from '#lib/domain/page.ts'

/** Who wrote a page, in words for its readers. */
export function writtenBy({ provider, model }: WrittenPage['provenance']): string {
  return provider === 'builtin' ? 'docsfy, without AI' : `${provider} / ${model}`
}
