import type { Citation, Context } from '#lib/score/context.ts'
import { isOfThisCommit } from '#lib/score/earlier-grounds.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import type { Ground } from '#lib/score/ground.ts'
import { type Block, type Inline, inlinesOf } from '#lib/score/pages/page.ts'
import { sentencesOf } from '#lib/score/sentences.ts'
import { claimOf } from './citations-resolve.ts'

interface Judged {
  supported: boolean
  byChance: boolean
}

/**
 * Of the citations whose sentence names something defined in the repository, the share whose lines contain one of the
 * names. The note gives the share that random ranges of equal length in the same files would reach.
 */
export async function measureCitationsSupport(context: Context): Promise<Finding> {
  const misses: ScoreMiss[] = []
  let checked = 0
  let byChance = 0
  for (const page of context.pages) {
    for (const block of page.blocks) {
      for (const { citation, names } of namedCitations(block, context)) {
        const judged = await judge(citation, names, context.ground)
        if (!judged) continue
        checked += 1
        if (judged.byChance) byChance += 1
        if (!judged.supported) misses.push(missOf(citation, names))
      }
    }
  }
  const control = checked === 0 ? undefined : `by chance ${((100 * byChance) / checked).toFixed(1)} %`
  return shareFinding(checked, misses, control)
}

function namedCitations(block: Block, { byInline, ground }: Context): { citation: Citation; names: string[] }[] {
  if (!inlinesOf(block).some((inline) => byInline.has(inline))) return []
  const types = typesIn(block)
  return sentencesOf(block, byInline).flatMap((sentence) => {
    const named = sentence.filter((inline) => !types.has(inline))
    const names = definedNames(named, byInline, ground)
    const cited = sentence.map((inline) => byInline.get(inline)).filter((citation) => citation !== undefined)
    return names.length === 0 ? [] : cited.map((citation) => ({ citation, names }))
  })
}

/** What stands in columns of types and defaults: `string` there is no symbol, even where one has that name. */
function typesIn(block: Block): Set<Inline> {
  if (block.kind !== 'row') return new Set()
  return new Set(
    block.cells.filter((_, at) => /^(?:type|default|returns?)$/i.test(block.header[at]?.trim() ?? '')).flat(),
  )
}

/** Names set as code that are symbols of the repository, and not at the same time a path of it. */
function definedNames(sentence: Inline[], byInline: Map<Inline, Citation>, { symbols, text }: Ground): string[] {
  const names = sentence.flatMap((inline) => {
    if (!inline.isCode || byInline.has(inline)) return []
    const name = /^@?([A-Za-z_$][\w$]*(?:(?:\.|::|#)[A-Za-z_$][\w$]*)*)(?:\(.*\))?$/.exec(inline.text.trim())?.[1]
    if (!name || text.hasPath(name)) return []
    const last = name.split(/\.|::|#/).at(-1) ?? name
    return last.length > 1 && (symbols.has(name) || symbols.has(last)) ? [last] : []
  })
  return [...new Set(names)]
}

async function judge(citation: Citation, names: string[], ground: Ground): Promise<Judged | null> {
  // Lines of another commit say nothing of these.
  if (!isOfThisCommit(citation, { ground })) return null
  const lines = citation.lines && (await ground.linesOf(citation.path))
  if (!lines || !citation.lines) return null
  const { start, end } = citation.lines
  if (start < 1 || end < start || end > lines.length) return null
  const length = end - start + 1
  const chance = Math.floor(fraction(`${citation.page.key}\n${claimOf(citation)}`) * (lines.length - length + 1))
  return {
    supported: isFileOf(citation.path, names) || hasName(lines.slice(start - 1, end), names),
    byChance: hasName(lines.slice(chance, chance + length), names),
  }
}

/** A component of Vue, Svelte or Astro is its file: nothing in it says its name. */
function isFileOf(path: string, names: string[]): boolean {
  const component = /([^/]+)\.(?:vue|svelte|astro)$/.exec(path)?.[1]
  return component !== undefined && names.includes(component)
}

function hasName(lines: string[], names: string[]): boolean {
  const words = new Set(lines.flatMap((line) => line.match(/[\w$]+/g) ?? []))
  return names.some((name) => words.has(name))
}

/** A number from 0 up to 1 that looks random and is the same for the same text (FNV-1a with a final mix). */
function fraction(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return ((hash ^ (hash >>> 13)) >>> 0) / 0x1_0000_0000
}

function missOf(citation: Citation, names: string[]): ScoreMiss {
  return {
    page: citation.page.file,
    line: citation.inline.line,
    claim: `${claimOf(citation)} shows ${names.join(', ')}`,
    found: names.length === 1 ? 'the name is not on these lines' : 'none of these names is on these lines',
  }
}
