import { parse as parseToml } from 'smol-toml'
import { parseAllDocuments } from 'yaml'
import { throwIfAborted } from '#lib/errors.ts'
import type { Context } from '#lib/score/context.ts'
import {
  type ExampleLanguage,
  exampleLanguage,
  possiblePlaces,
  readings,
  withoutDiff,
} from '#lib/score/example-forms.ts'
import { unknownNames } from '#lib/score/example-names.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import { type GrammarName, Grammars } from '#lib/score/grammars.ts'
import type { FenceBlock } from '#lib/score/pages/page.ts'

const MAX_CHARS = 200_000

/** Code blocks that parse in their language, import only names this repository has, and run only scripts it has. */
export async function measureExamples(context: Context): Promise<Finding> {
  const grammars = new Grammars()
  try {
    return await examplesIn(context, grammars)
  } finally {
    grammars.delete()
  }
}

/** The same with parsers that are used for more than these pages. */
export async function examplesIn({ pages, ground, signal }: Context, grammars: Grammars): Promise<Finding> {
  const misses: ScoreMiss[] = []
  const verdicts = new Map<string, string | null>()
  let checked = 0
  for (const page of pages) {
    for (const block of page.blocks) {
      const language = block.kind === 'fence' ? exampleLanguage(block.language) : null
      if (block.kind !== 'fence' || !language || block.code.trim() === '' || block.code.length > MAX_CHARS) continue
      throwIfAborted(signal)
      checked += 1
      const key = `${language}\n${block.code}`
      const known = verdicts.get(key)
      const found = known === undefined ? await problem(block, language, grammars) : known
      verdicts.set(key, found)
      const all = found ?? unknownNames(language, block.code, ground)
      if (all) misses.push({ page: page.file, line: block.line, claim: excerpt(block.code), found: all })
    }
  }
  return shareFinding(checked, misses)
}

async function problem({ code, language: written }: FenceBlock, language: ExampleLanguage, grammars: Grammars) {
  if (language === 'json' || language === 'yaml' || language === 'toml') return dataProblem(language, withoutDiff(code))
  // JSX is often shown in blocks that are marked as TypeScript.
  const grammarNames: GrammarName[] = language === 'typescript' ? ['typescript', 'tsx'] : [language]
  for (const text of readings(language, code))
    for (const name of grammarNames)
      for (const candidate of possiblePlaces(name, text)) if (await grammars.parses(name, candidate)) return null
  return `does not parse as ${written}`
}

function dataProblem(language: 'json' | 'yaml' | 'toml', text: string): string | null {
  try {
    if (language === 'toml') parseToml(text)
    else if (language === 'json') parseLooseJson(text)
    else {
      const [error] = parseAllDocuments(text, { logLevel: 'silent' }).flatMap((document) => document.errors)
      if (error) return `is not valid YAML: ${firstLine(error.message)}`
    }
    return null
  } catch (error) {
    return `is not valid ${language.toUpperCase()}: ${firstLine(error instanceof Error ? error.message : '')}`
  }
}

/** JSON as examples show it: with comments, trailing commas, ellipses, several objects, or one member without braces. */
function parseLooseJson(text: string): void {
  const clean = text
    .replace(
      /("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g,
      (_, string: string | undefined) => string ?? '',
    )
    .replace(/^\s*(?:\.\.\.|…),?\s*$/gm, '')
    .replace(/,(?=\s*[}\]])/g, '')
    .trim()
    .replace(/,$/, '')
  for (const candidate of [clean, `{${clean}}`, `[${clean.replace(/\}\s*\n\s*\{/g, '},{')}]`]) {
    try {
      JSON.parse(candidate)
      return
    } catch {}
  }
  JSON.parse(clean)
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? ''
}

function excerpt(code: string): string {
  return (code.trim().split('\n')[0] ?? '').slice(0, 80)
}
