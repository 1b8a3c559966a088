import { type FactsIndex, quoteContext } from './facts-index.ts'
import { quoteInline, quoteMarkdown } from './quote-markdown.ts'
import { looksLikeRst, rstToMarkdown } from './rst.ts'

/** Quoting for texts of a file: reStructuredText first becomes Markdown. */
export function quoting(index: FactsIndex, language: string | null) {
  const context = { ...quoteContext(index, language), language: '' }
  const toMarkdown = (text: string) => (language === 'Python' || looksLikeRst(text) ? rstToMarkdown(text) : text)
  return {
    inline: (text: string) => (text === '' ? '' : quoteInline(toMarkdown(text), context)),
    block: (text: string) => (text.trim() === '' ? '' : quoteMarkdown(toMarkdown(text), context)),
  }
}
export type Quoting = ReturnType<typeof quoting>
