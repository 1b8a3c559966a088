import { type Allowed, comparable, isLeftOver } from './allowed.ts'
import type { Built } from './place.ts'

export interface Difference {
  /** `site/overview.html`, `facts: symbols` … */
  what: string
  /** First lines that differ. */
  update: string
  full: string
}

const SHOWN = 300

/** What an update left that a full run does not leave, or leaves in another form, but for what is allowed to differ. */
export function differencesOf(update: Built, full: Built, allowed: Allowed): Difference[] {
  return [
    ...between(update.files, full.files, { prefix: 'site/', allowed }),
    ...between(update.variant, full.variant, { prefix: 'variant/', allowed }),
    ...ofValues('report', reportOf(update), reportOf(full)),
    ...ledAstray(update, allowed),
  ]
}

/** Old addresses that lead to no page, and pages that are led away from. */
function ledAstray({ variant }: Built, { redirects }: Allowed): Difference[] {
  return [...redirects].flatMap(([from, to]) => {
    const isFine = variant.has(`pages/${to}.md`) && !variant.has(`pages/${from}.md`)
    return isFine ? [] : [{ what: `redirect of ${from}`, update: `leads to ${to}`, full: 'leads to a page' }]
  })
}

/** By field, as JSON. */
export function ofValues(what: string, update: object, full: object): Difference[] {
  const [ours, theirs] = [update as Record<string, unknown>, full as Record<string, unknown>]
  const fields = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
  return fields.flatMap((field) => {
    const [a = '', b = ''] = [JSON.stringify(ours[field]), JSON.stringify(theirs[field])]
    return a === b ? [] : [{ what: `${what}: ${field}`, ...firstApart(a.split(/(?<=[}\]],)/), b.split(/(?<=[}\]],)/)) }]
  })
}

interface Comparison {
  prefix: string
  allowed: Allowed
}

function between(
  update: Map<string, string>,
  full: Map<string, string>,
  { prefix, allowed }: Comparison,
): Difference[] {
  const paths = [...new Set([...update.keys(), ...full.keys()])].sort()
  return paths.flatMap((path) => {
    const [ours, theirs] = [update.get(path), full.get(path)]
    const what = prefix + path
    if (ours === theirs) return []
    if (ours !== undefined && theirs === undefined && isLeftOver(what, ours, allowed)) return []
    if (ours === undefined) return [{ what, update: '(no such file)', full: 'a file' }]
    if (theirs === undefined) return [{ what, update: 'a file', full: '(no such file)' }]
    const [a, b] = [comparable(what, ours, allowed), comparable(what, theirs, allowed)]
    return a === b ? [] : [{ what, ...firstApart(a.split('\n'), b.split('\n')) }]
  })
}

function firstApart(update: string[], full: string[]): { update: string; full: string } {
  const at = update.findIndex((line, index) => line !== full[index])
  const row = at === -1 ? update.length : at
  const [a = '(end)', b = '(end)'] = [update[row], full[row]]
  let column = 0
  while (column < a.length && a[column] === b[column]) column += 1
  const from = Math.max(0, column - 80)
  return { update: `${row + 1}: ${a.slice(from, from + SHOWN)}`, full: `${row + 1}: ${b.slice(from, from + SHOWN)}` }
}

/** What is told of a build, without what names its place, its time and the way it went. */
function reportOf({ report }: Built): object {
  const { site, duration_ms, stages, ...rest } = report
  return rest
}
