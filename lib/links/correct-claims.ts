import { encodeRepositoryPath, parseCitation, rangeFragment } from '#lib/domain/citations.ts'
import type { Facts, SourceRange } from '#lib/domain/facts.ts'
import { type Plan, planPages } from '#lib/domain/plan.ts'
import type { Correct } from '#lib/links/repair-page.ts'

const LONGEST_DECLARATION = 25

/**
 * Rules that mend a claim from facts: a path of which one file with that name is left is the renamed one; a citation
 * beyond its file goes to the declaration of the name beside it; a link to a page that is gone follows its title or slug.
 */
export function correctClaims(facts: Facts, plan: Plan): Correct {
  const byName = Map.groupBy(facts.files, ({ path }) => path.slice(path.lastIndexOf('/') + 1))
  const lines = new Map(facts.files.map((file) => [file.path, file.lines]))
  const pages = planPages(plan)
  const renamed = (path: string) => {
    const named = byName.get(path.slice(path.lastIndexOf('/') + 1)) ?? []
    return named.length === 1 ? (named[0]?.path ?? null) : null
  }

  function citation(claim: string, line: string): string | null {
    const range = parseCitation(claim)
    const path = range && (lines.has(range.path) ? range.path : renamed(range.path))
    if (!range || !path) return null
    const declared = declarationBeside(facts, path, line)
    const isInside = range.start > 0 && range.end >= range.start && range.end <= (lines.get(path) ?? 0)
    if (isInside && path !== range.path) return target({ ...range, path })
    return declared ? target(declared) : null
  }

  function link(claim: string): string | null {
    const [file = '', fragment = ''] = claim.split('#')
    const slug = file.replace(/\.(?:md|html)$/, '')
    if (fragment !== '' && (slug === '' || pages.some((page) => page.slug === slug))) return file === '' ? null : file
    const moved = pages.filter((page) => page.slug.endsWith(`-${slug}`) || page.title.toLowerCase() === slug)
    return slug !== '' && moved.length === 1 ? `${moved[0]?.slug}.md` : null
  }

  return ({ kind, claim }, line) => {
    if (kind === 'citation') return citation(claim, line)
    if (kind === 'link') return link(claim)
    return kind === 'path' ? renamed(claim.replace(/^\.\//, '')) : null
  }
}

/** Declaration in a file of the one name of it that a line sets as code; null when there is none, or several. */
function declarationBeside(facts: Facts, path: string, line: string): SourceRange | null {
  const words = new Set(Array.from(line.matchAll(/`([\w.$]+)(?:\(\))?`/g), ([, name = '']) => name.split('.').at(-1)))
  const named = facts.symbols.filter((symbol) => symbol.range.path === path && words.has(symbol.name))
  const [symbol] = named
  if (!symbol || named.length > 1) return null
  const { declaration } = symbol
  return { ...declaration, end: Math.min(declaration.end, declaration.start + LONGEST_DECLARATION - 1) }
}

function target(range: SourceRange): string {
  return `source:${encodeRepositoryPath(range.path)}${rangeFragment(range)}`
}
