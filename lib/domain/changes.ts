import * as z from 'zod/mini'
import type { FactsSummary } from '#lib/domain/facts-summary.ts'

/** What a change is about, in the order in which people are told. */
export const CHANGED_KINDS = ['api', 'route', 'flag', 'environment'] as const
export const CHANGED_KIND_LABELS: Record<(typeof CHANGED_KINDS)[number], string> = {
  api: 'API',
  route: 'HTTP routes',
  flag: 'Command-line flags',
  environment: 'Environment variables',
}
export const NOTHING_CHANGED =
  'Nothing that users of the repository would notice: names, signatures, routes, flags and variables are the same.'
export const CHANGES = ['removed', 'signature', 'default', 'added', 'moved'] as const

export const changeSchema = z.object({
  kind: z.enum(CHANGED_KINDS),
  change: z.enum(CHANGES),
  /** Qualified name, `GET /users`, `build --out`, `PORT`. */
  name: z.string(),
  path: z.string(),
  /** Signature, default, or for `moved` the file; null where there is none. */
  before: z.nullable(z.string()),
  after: z.nullable(z.string()),
})
export type Change = z.infer<typeof changeSchema>

const changedRunSchema = z.object({ run_id: z.string(), commit: z.string(), finished_at: z.nullable(z.string()) })

export const changesResponseSchema = z.object({
  from: changedRunSchema,
  to: changedRunSchema,
  /** At most 2,000; what breaks callers first. */
  changes: z.array(changeSchema),
  /** How many there are in all. */
  total: z.int(),
  /** How many names neither run kept: what was added or removed among them is not told. */
  left_out: z.int(),
})
export type ChangesResponse = z.infer<typeof changesResponseSchema>

/**
 * What changed between two runs, as those who use the repository notice it: by kind, breaking changes first. Where a run
 * did not keep every name, the absence of one says nothing.
 */
export function changesBetween(from: FactsSummary, to: FactsSummary): Change[] {
  const list = [
    ...apiChanges(from, to),
    ...named('route', from.routes.map(withoutDefault), to.routes.map(withoutDefault)),
    ...named('flag', from.flags, to.flags),
    ...named('environment', from.environment, to.environment),
  ]
  const rank = (change: Change) => CHANGED_KINDS.indexOf(change.kind) * CHANGES.length + CHANGES.indexOf(change.change)
  const known = list.filter(
    ({ change }) => !(change === 'removed' && to.left_out > 0) && !(change === 'added' && from.left_out > 0),
  )
  return known.sort((a, b) => rank(a) - rank(b) || compare(a.path, b.path) || compare(a.name, b.name))
}

type Name = FactsSummary['api'][number]

function apiChanges(from: FactsSummary, to: FactsSummary): Change[] {
  const [old, now] = [new Map(from.api.map((one) => [one[0], one])), new Map(to.api.map((one) => [one[0], one]))]
  const gone = from.api.filter(([id]) => !now.has(id))
  const fresh = to.api.filter(([id]) => !old.has(id))
  const moves = movedNames(gone, fresh)
  const moved = new Set([...moves].flat())
  return [
    ...to.api.flatMap((after) => {
      const before = old.get(after[0])
      return before ? differing(before, after) : []
    }),
    ...gone.filter((one) => !moved.has(one)).map((one) => apiChange('removed', one, { before: one[1], after: null })),
    ...fresh.filter((one) => !moved.has(one)).map((one) => apiChange('added', one, { before: null, after: one[1] })),
    ...[...moves].map(([before, after]) =>
      apiChange('moved', after, { before: pathOf(before[0]), after: pathOf(after[0]) }),
    ),
  ]
}

/** Names that are gone from one file and stand in another with the same signature, where only one can be meant. */
function movedNames(gone: Name[], fresh: Name[]): Map<Name, Name> {
  const keyOf = ([id, signature]: Name) => `${id.slice(id.indexOf('#') + 1)}\n${signature}`
  const [left, arrived] = [Map.groupBy(gone, keyOf), Map.groupBy(fresh, keyOf)]
  const moves = new Map<Name, Name>()
  for (const [key, [before, another]] of left) {
    const [after, more] = arrived.get(key) ?? []
    if (before && !another && after && !more) moves.set(before, after)
  }
  return moves
}

function differing(before: Name, after: Name): Change[] {
  const [old, now] = [new Map(before[2]), new Map(after[2])]
  if (before[1] === after[1]) return []
  const changed = [...now].filter(([name, value]) => old.has(name) && old.get(name) !== value).map(([name]) => name)
  const isDefault = changed.length > 0 && withDefaults(before, changed) === withDefaults(after, changed)
  return [apiChange(isDefault ? 'default' : 'signature', after, { before: before[1], after: after[1] })]
}

/** The signature with the defaults of these parameters left out. */
function withDefaults([, signature, defaults]: Name, names: string[]): string {
  return defaults
    .filter(([name]) => names.includes(name))
    .reduce((text, [, value]) => text.replace(`= ${value}`, '=').replace(`=${value}`, '='), signature)
}

function apiChange(change: Change['change'], [id]: Name, values: Pick<Change, 'before' | 'after'>): Change {
  return { kind: 'api', change, name: id.slice(id.indexOf('#') + 1), path: pathOf(id), ...values }
}

function pathOf(id: string): string {
  return id.slice(0, id.indexOf('#'))
}

type Named = [name: string, value: string | null, path: string]

function withoutDefault([name, path]: [string, string]): Named {
  return [name, null, path]
}

function named(kind: Change['kind'], from: Named[], to: Named[]): Change[] {
  const [old, now] = [new Map(from.map((one) => [one[0], one])), new Map(to.map((one) => [one[0], one]))]
  const removed = [...old.values()].filter(([name]) => !now.has(name))
  return [
    ...removed.map(([name, before, path]): Change => ({ kind, change: 'removed', name, path, before, after: null })),
    ...[...now.values()].flatMap(([name, after, path]): Change[] => {
      const known = old.get(name)
      if (!known) return [{ kind, change: 'added', name, path, before: null, after }]
      return known[1] === after ? [] : [{ kind, change: 'default', name, path, before: known[1], after }]
    }),
  ]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
