import type { DocumentFact, EnvironmentFact, Facts, SourceRange } from '#lib/domain/facts.ts'
import { oneLine } from './markdown.ts'
import { firstSentence, shorten } from './wording.ts'

/** What a document of the project says a variable means, plain text with code spans. */
export interface VariableMeaning {
  text: string
  citation: SourceRange
}

const LONGEST = 140
const FEWEST_WORDS = 3
/** `- `NAME`: what it means`, also bold or behind a dollar sign. */
const ITEM =
  /^\s*[-*+] +(?:\*\*)?`\$?\{?([A-Za-z]\w+)\}?(?:=[^`]*)?`(?:\*\*)?(?:\s*\([^()]*\))?\s*(?::|–|—|-|=>)\s+(\S.*)$/
const ROW = /^\s*\|\s*(?:\*\*)?`?\$?([A-Z]\w+)`?(?:\*\*)?\s*\|(.*)\|\s*$/
const NEWS = /change(?:s|log)|history|release|migrat|upgrad/i

/** The meanings of variables that the code gives no comment for, by name. */
export function documentedVariables(facts: Facts, variables: EnvironmentFact[]): Map<string, VariableMeaning> {
  const wanted = new Set(variables.filter(({ help }) => !help).map(({ name }) => name))
  const found = new Map<string, VariableMeaning>()
  if (wanted.size === 0) return found
  for (const document of facts.documents.filter(({ path }) => !NEWS.test(path)))
    for (const { name, ...meaning } of meaningsIn(document, wanted)) if (!found.has(name)) found.set(name, meaning)
  return found
}

function meaningsIn(
  { path, sections }: DocumentFact,
  wanted: ReadonlySet<string>,
): (VariableMeaning & { name: string })[] {
  return sections.flatMap(({ text, textStart }) => {
    let column = -1
    return text.split('\n').flatMap((line, at) => {
      if (/^\s*\|/.test(line)) column = columnOf(line) ?? column
      else column = -1
      const [, name = '', rest = ''] = ITEM.exec(line) ?? ROW.exec(line) ?? []
      if (!wanted.has(name)) return []
      const told = plain(
        column > 0 && !ITEM.test(line) ? (rest.split('|')[column - 1] ?? '') : ITEM.test(line) ? rest : '',
      )
      const isTold = told.split(/\s+/).length >= FEWEST_WORDS
      const citation = { path, start: textStart + at, end: textStart + at }
      return isTold ? [{ name, text: shorten(firstSentence(told), LONGEST), citation }] : []
    })
  })
}

/** Which column of a table tells what its rows mean; null when the line is no header that says so. */
function columnOf(line: string): number | null {
  const cells = line.split('|').slice(1, -1)
  const at = cells.findIndex((cell) =>
    /^\s*\**(?:description|meaning|purpose|what it does|usage|effect)s?\**\s*$/i.test(cell),
  )
  return at > 0 ? at : null
}

function plain(markdown: string): string {
  return oneLine(
    markdown
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\*\*|__/g, ''),
  )
}
