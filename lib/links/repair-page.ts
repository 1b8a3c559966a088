import type { Miss } from '#lib/domain/page.ts'
import { inlineSpans, markdownLines } from '#lib/links/markdown-blocks.ts'

const UNVERIFIED = '*(unverified)*'

/**
 * Takes out what leads nowhere: a broken link becomes its text, a citation that does not resolve becomes a visible mark.
 * `misses` are those of this page; their `claim` is the link target.
 */
export function repairPage(markdown: string, misses: Miss[]): string {
  const targets = new Map(
    misses.filter(({ kind }) => kind === 'link' || kind === 'citation').map((miss) => [miss.claim, miss.kind]),
  )
  if (targets.size === 0) return markdown
  return markdownLines(markdown)
    .map(({ text, kind }) => (kind === 'prose' || kind === 'heading' ? repairLine(text, targets) : text))
    .join('\n')
}

function repairLine(line: string, targets: Map<string, string>): string {
  return inlineSpans(line)
    .map(({ text, kind }) => {
      const link = kind === 'link' ? /^!?\[([\s\S]*)\]\(([^)]*)\)$/.exec(text) : null
      const broken = targets.get(link?.[2] ?? '')
      if (!link || !broken) return text
      return broken === 'citation' ? UNVERIFIED : (link[1] ?? '')
    })
    .join('')
}
