import { cite } from '#lib/domain/citations.ts'
import type { Facts, SourceRange } from '#lib/domain/facts.ts'
import { factsIndex } from './facts-index.ts'
import { importanceIn } from './importance.ts'
import { INSIDE } from './key-symbols.ts'
import { blocks, code } from './markdown.ts'
import { tight } from './ranges.ts'
import { selectEntries } from './symbol-entry.ts'
import { byText } from './wording.ts'

/** An example from a doc comment, as safe Markdown. */
export interface SymbolExample {
  name: string
  markdown: string
  citation: SourceRange
}

const MOST_LINES = 40

/** Examples of the most important public names that have one; a long one shows a special case. */
export function symbolExamples(facts: Facts, limit: number): SymbolExample[] {
  const importance = importanceIn(facts)
  return [...factsIndex(facts).topLevel.values()]
    .flat()
    .filter((symbol) => (symbol.doc?.examples.length ?? 0) > 0)
    .filter((symbol) => !INSIDE.test(symbol.range.path))
    .sort((a, b) => importance(b) - importance(a) || byText(a.id, b.id))
    .flatMap((symbol) => {
      const [entry] = selectEntries(facts, [symbol])
      const markdown = entry?.examples.find((example) => example.split('\n').length <= MOST_LINES)
      return markdown
        ? [{ name: symbol.qualified, markdown, citation: tight(symbol.doc?.range ?? symbol.declaration) }]
        : []
    })
    .slice(0, limit)
}

export function exampleText({ name, markdown, citation }: SymbolExample): string {
  return blocks(`From the doc comment of ${code(name)}: ${cite(citation)}`, markdown)
}
