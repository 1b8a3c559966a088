import { cite } from '#lib/domain/citations.ts'
import type { Facts, SourceRange } from '#lib/domain/facts.ts'
import { factsIndex } from './facts-index.ts'
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

/** Examples of the highest-ranked public names that have one. */
export function symbolExamples(facts: Facts, limit: number): SymbolExample[] {
  const rank = (path: string) => facts.fileRank[path] ?? 0
  return [...factsIndex(facts).topLevel.values()]
    .flat()
    .filter((symbol) => (symbol.doc?.examples.length ?? 0) > 0)
    .sort((a, b) => rank(b.range.path) - rank(a.range.path) || byText(a.id, b.id))
    .slice(0, limit)
    .flatMap((symbol) => {
      const [entry] = selectEntries(facts, [symbol])
      const [markdown] = entry?.examples ?? []
      return markdown
        ? [{ name: symbol.qualified, markdown, citation: tight(symbol.doc?.range ?? symbol.declaration) }]
        : []
    })
}

export function exampleText({ name, markdown, citation }: SymbolExample): string {
  return blocks(`From the doc comment of ${code(name)}: ${cite(citation)}`, markdown)
}
