import { parseCitation } from '#lib/domain/citations.ts'
import type { Facts, SourceRange } from '#lib/domain/facts.ts'
import type { Rendered } from '#lib/domain/rendered.ts'
import { importersOf, usersOf } from '#lib/domain/symbol-users.ts'
import { citationHref } from '#lib/site/links.ts'
import type { SiteModel } from '#lib/site/site-model.ts'

/** Stands in every sentence that counts users; found in a moment, where the pattern takes long. */
const COUNTED = ' other file'
/** What a page says of the users of a name when it names only some of them. Bounded: a stranger may write half of it often. */
const MORE_USERS = /(?:Imported|Used) at (.{1,4000}?) and ([\d,]+) other files?\./

/**
 * For each page whose text names some of the files that use a name and counts the others: a script with all of them, by
 * the id of the heading, as `[path, first line, last line, address or null]`. Scripts for the reason given in receipts.ts.
 */
export function usersFiles({ input, pages, paths }: SiteModel, rendered: Rendered['pages']): [string, string][] {
  const { facts, forgeBase } = input
  if (!facts) return []
  const users = usersByName(facts)
  return pages.flatMap(({ file, page }) => {
    const lists = begunLists(page.markdown)
    if (lists.length === 0) return []
    const ids = new Map(rendered[page.slug]?.sections.toReversed().map(({ heading, id }) => [heading, id]))
    const entries = lists.flatMap(({ name, shown, left }) => {
      const [id, ranges] = [ids.get(name), users(name).find((list) => isBegun(list, { shown, left }))]
      if (id === undefined || !ranges) return []
      const places = ranges.map((range) => {
        return [range.path, range.start, range.end, citationHref(range, { paths, forgeBase })]
      })
      return [[id, places] as const]
    })
    if (entries.length === 0) return []
    return [[`users/${file}.js`, `docsfyUsers(${JSON.stringify(Object.fromEntries(entries))})\n`]]
  })
}

interface BegunList {
  /** Heading it stands below. */
  name: string
  shown: SourceRange[]
  left: number
}

/** What the names of a page say of their users, where that is only the beginning. */
function begunLists(markdown: string): BegunList[] {
  let name = ''
  if (!markdown.includes(COUNTED)) return []
  return markdown.split('\n').flatMap((line) => {
    if (line.startsWith('##')) name = /^#{2,6} `+ ?(.*?) ?`+$/.exec(line)?.[1] ?? name
    if (!line.includes(COUNTED)) return []
    const [, places = '', left = ''] = MORE_USERS.exec(line) ?? []
    const targets = Array.from(places.matchAll(/\]\(([^)\s]*)\)/g), ([, target = '']) => parseCitation(target))
    const shown = targets.filter((range) => range !== null)
    return shown.length > 0 ? [{ name, shown, left: Number(left.replaceAll(',', '')) }] : []
  })
}

/** Of every name the lists of users that a page may begin: one for each symbol of that name. */
function usersByName(facts: Facts): (name: string) => SourceRange[][] {
  let byName: Map<string, Facts['symbols']> | null = null
  return (name) => {
    byName ??= Map.groupBy(facts.symbols, ({ qualified }) => qualified)
    return (byName.get(name) ?? []).map((symbol) => {
      const importers = importersOf(facts, symbol)
      if (importers.length > 0) return importers
      return usersOf(facts, symbol).map(({ path, line }) => ({ path, start: line, end: line }))
    })
  }
}

/** A list that is not as long as the text says, or begins otherwise, is that of another symbol of the same name. */
function isBegun(list: SourceRange[], { shown, left }: Pick<BegunList, 'shown' | 'left'>): boolean {
  const isSame = ({ path, start }: SourceRange, index: number) =>
    list[index]?.path === path && list[index]?.start === start
  return list.length === shown.length + left && shown.every(isSame)
}
