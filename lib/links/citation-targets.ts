import { fenceAfter } from '#lib/domain/code-fence.ts'

/** A citation in stored Markdown: its label, escapes included, and its target. */
const CITATION = /(?<!\\)\[((?:\\.|[^[\]\\])*)\]\((source:[^)\s]+)\)/g

/** Targets of all citations of a page, in order, each once. */
export function citationTargets(markdown: string): Set<string> {
  const targets = new Set<string>()
  replaceCitations(markdown, ({ target }) => {
    targets.add(target)
    return null
  })
  return targets
}

/** The page with citations replaced; null leaves one as it is. What stands in a code block is no citation. */
export function replaceCitations(
  markdown: string,
  replace: (citation: { label: string; target: string }) => string | null,
): string {
  let fence: string | null = null
  return markdown
    .split('\n')
    .map((line) => {
      fence = fenceAfter(line, fence)
      if (fence !== null || !line.includes('](source:')) return line
      return line.replace(CITATION, (text, label: string, target: string) => replace({ label, target }) ?? text)
    })
    .join('\n')
}
