import type { Ground } from '#lib/score/ground.ts'
import { type DocPage, plainText } from '#lib/score/pages/page.ts'

const REFERENCE_PATH = /(?:^|[/-])(?:api|reference|ref|apidocs)(?:[/-]|$)/i

/** Whether a page is reference: it says so, lies under such a name, or names something of the code in most headings or rows. */
export function isReference(page: DocPage, { symbols, text }: Ground): boolean {
  if (page.type !== null) return page.type === 'reference'
  if (REFERENCE_PATH.test(page.key)) return true
  const entries = page.blocks.flatMap((block) => {
    if (block.kind === 'heading') return block.level > 1 ? [plainText(block.inlines)] : []
    return block.kind === 'row' ? [plainText(block.cells[0] ?? [])] : []
  })
  const ofCode = entries.filter((entry) => {
    const name = entry.trim().replace(/\(.*\)$/, '')
    return symbols.has(name) || text.hasPath(name) || /^--?[a-z][\w-]*|^[A-Z][A-Z0-9_]{2,}$|^\/\w/.test(name)
  })
  return ofCode.length > 0 && ofCode.length * 2 >= entries.length
}
