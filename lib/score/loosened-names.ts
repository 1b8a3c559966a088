import type { Context } from '#lib/score/context.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import { dashedForms, joinedForms } from '#lib/score/flag-forms.ts'
import { identifierParts, unknownParts } from '#lib/score/identifiers.ts'
import { inlinesOf } from '#lib/score/pages/page.ts'

/**
 * Calls with arguments and flags with a value in inline code whose name occurs nowhere in the repository, and flags whose
 * words only occur apart from each other. Too strict for the Doc Score, whose pages may call what others offer; here only what
 * the built-in page does not say counts.
 */
export async function loosenedNames(context: Context): Promise<Finding> {
  const names = await unknownNames(context)
  const told = new Set(names.misses.map(({ line, claim }) => `${line} ${claim}`))
  const flags = await tornFlags(context)
  const misses = [...names.misses, ...flags.misses.filter(({ line, claim }) => !told.has(`${line} ${claim}`))]
  return shareFinding(names.checked + flags.checked, misses)
}

interface Looked {
  checked: number
  misses: ScoreMiss[]
}

async function unknownNames({ pages, byInline, citations, ground }: Context): Promise<Looked> {
  const named = pages.flatMap((page) =>
    page.blocks.flatMap(inlinesOf).flatMap((inline) => {
      const parts = inline.isCode && !byInline.has(inline) ? partsOf(inline.text.trim()) : []
      return parts.length === 0 ? [] : [{ page: page.file, line: inline.line, claim: inline.text.trim(), parts }]
    }),
  )
  const likely = new Set(citations.map(({ path }) => path))
  const known = await ground.text.knownWords(new Set(named.flatMap(({ parts }) => parts)), likely)
  const misses = named.flatMap(({ parts, ...claim }): ScoreMiss[] => {
    const unknown = unknownParts(parts, known)
    return unknown.length === 0
      ? []
      : [{ ...claim, found: `"${unknown.join('", "')}" occurs nowhere in the repository` }]
  })
  return { checked: named.length, misses }
}

/** Flags of several words that the repository has neither with dashes nor in snake or camel case. */
async function tornFlags({ pages, byInline, citations, ground }: Context): Promise<Looked> {
  const known = new Set(ground.facts.flags.flatMap(({ name, aliases }) => [name, ...aliases]))
  const flags = pages.flatMap((page) =>
    page.blocks.flatMap(inlinesOf).flatMap((inline) => {
      const flag = /^--[a-z][\w]*(?:-[\w]+)+(?=$|[= ])/i.exec(
        inline.isCode && !byInline.has(inline) ? inline.text.trim() : '',
      )?.[0]
      return flag && !known.has(flag) ? [{ page: page.file, line: inline.line, claim: inline.text.trim(), flag }] : []
    }),
  )
  const likely = new Set(citations.map(({ path }) => path))
  const dashed = await ground.text.knownWords(new Set(flags.flatMap(({ flag }) => dashedForms(flag))), likely)
  const open = flags.filter(({ flag }) => !dashedForms(flag).some((form) => dashed.has(form)))
  const joined = await ground.text.knownWords(new Set(open.flatMap(({ flag }) => joinedForms(flag))), likely)
  const misses = open.flatMap(({ flag, ...claim }): ScoreMiss[] =>
    joinedForms(flag).some((form) => joined.has(form))
      ? []
      : [{ ...claim, found: `"${flag}" occurs nowhere in the repository` }],
  )
  return { checked: flags.length, misses }
}

/** None for what the score itself looks at: bare names and flags. */
function partsOf(code: string): string[] {
  const flag = /^--(?:no-)?([a-z][\w-]*)[= ]/i.exec(code)?.[1]
  if (flag) return flag.split('-').filter((part) => part.length > 1)
  const call = /^([^\s(]+)\(.+\)$/.exec(code)?.[1]
  return call ? identifierParts(call) : []
}
