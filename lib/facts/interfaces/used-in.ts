import type { ConfigurationKeyFact, Facts, FlagFact, RouteFact, ScriptFact, SourceRange } from '#lib/domain/facts.ts'
import { byPlace } from '#lib/facts/order.ts'
import type { ParsedFile, RawFlag, RawKey, RawRoute, RawScript } from '#lib/facts/parse/parsed-file.ts'

const MOST_USES = 20

/** Where names that interfaces may be known by stand, per name as it is compared. */
export interface Mentions {
  members: Map<string, SourceRange[]>
  addresses: Map<string, SourceRange[]>
}

/** Collects the mentions of all files. */
export function mentionsOf(parsed: Iterable<[path: string, file: ParsedFile]>): Mentions {
  const found: Mentions = { members: new Map(), addresses: new Map() }
  for (const [path, { mentions }] of parsed)
    for (const { name, line } of mentions) {
      const isAddress = name.startsWith('/')
      const list = isAddress ? found.addresses : found.members
      const key = isAddress ? addressKey(name) : memberKey(name)
      const range = { path, start: line, end: line }
      const known = list.get(key)
      if (known) known.push(range)
      else list.set(key, [range])
    }
  return found
}

/** Whether a flag, a key or a route may be used where one of these names stands. */
export function mayBeUsed(names: string[], { flags, configurationKeys, routes }: Known): boolean {
  const keys = new Set([
    ...flags.map(flagKey),
    ...configurationKeys.map(settingKey),
    ...routes.map(({ path }) => addressKey(path)),
  ])
  return names.some((name) => keys.has(name.startsWith('/') ? addressKey(name) : memberKey(name)))
}

type Known = Pick<Facts, 'flags' | 'configurationKeys' | 'routes'>

function flagKey({ name }: Pick<RawFlag, 'name'>): string {
  return memberKey(name.replace(/^-+(?:no-)?/, ''))
}

function settingKey({ name }: Pick<RawKey, 'name'>): string {
  return memberKey(name.split('.').at(-1) ?? name)
}

/** `dry-run`, `dryRun` and `DRY_RUN` are one name. */
function memberKey(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase()
}

/** Parameters of an address count whatever they are called. */
function addressKey(path: string): string {
  return path.replace(/\$?\{[^}]*\}|<[^>]*>|\[[^\]]*\]|(?<=\/):\w+/g, '*').replace(/(?<=.)\/+$/, '')
}

/** A flag is read in its own file; in others only when no second flag has its name. */
export function usedFlags(flags: RawFlag[], { members }: Mentions): FlagFact[] {
  const keyOf = flagKey
  const counts = Map.groupBy(flags, keyOf)
  return flags.map((flag) => {
    const found = keyOf(flag).length < 2 ? [] : (members.get(keyOf(flag)) ?? [])
    const isOnly = counts.get(keyOf(flag))?.length === 1
    return {
      ...flag,
      usedIn: outside(
        found.filter(({ path }) => isOnly || path === flag.range.path),
        flag.range,
      ),
    }
  })
}

/** A key is read by its last part; where several keys share that, nobody can tell whose it is. */
export function usedKeys(keys: RawKey[], { members }: Mentions): ConfigurationKeyFact[] {
  const keyOf = settingKey
  const owners = new Map<string, Set<string>>()
  for (const key of keys) owners.set(keyOf(key), (owners.get(keyOf(key)) ?? new Set()).add(key.name))
  return keys.map((key) => {
    const isOnly = owners.get(keyOf(key))?.size === 1
    return { ...key, usedIn: isOnly ? outside(members.get(keyOf(key)) ?? [], key.range) : [] }
  })
}

/** Places that write a route's address, other than the places that register one. */
export function usedRoutes(routes: RawRoute[], { addresses }: Mentions): RouteFact[] {
  const registered = new Set(routes.map(({ range }) => `${range.path}:${range.start}`))
  return routes.map(({ router: _, ...route }) => {
    const key = addressKey(route.path)
    const isTelling = /[A-Za-z]{2}/.test(key)
    const found = isTelling ? (addresses.get(key) ?? []) : []
    const uses = found.filter(({ path, start }) => !registered.has(`${path}:${start}`))
    return { ...route, usedIn: outside(uses, route.range) }
  })
}

const RUN =
  /\b(?:npm|pnpm|yarn|bun)(?:\s+--?[\w=-]+)*\s+(?:run\s+|run-script\s+)?([\w:.-]+)|\b(?:make|just|task|rake|composer|gradlew?|tox\s+-e|nox\s+-s|invoke|poe)\s+([\w:.-]+)/g
const STARTED_BY: Record<string, RegExp> = { npm: /^(?:npm|pnpm|yarn|bun)/ }

/** Scripts with the lines of other scripts and of CI that start them. */
export function usedScripts(scripts: RawScript[], texts: ReadonlyMap<string, string>): ScriptFact[] {
  const starts = Map.groupBy(startsIn(texts), ({ name }) => name)
  return scripts.map((script) => {
    const { runner, name, range } = script
    const isSame = STARTED_BY[runner] ?? new RegExp(`^\\.?/?${runner.replace(/[^\w]/g, '')}`)
    const found = (starts.get(name) ?? []).filter((start) => isSame.test(start.program))
    const places = outside(
      found.map((start) => start.range),
      range,
    )
    return { ...script, help: script.help ?? null, usedIn: places }
  })
}

function startsIn(texts: ReadonlyMap<string, string>): { program: string; name: string; range: SourceRange }[] {
  const readers = [...texts].filter(([path]) =>
    /package\.json$|akefile$|ustfile$|\.ya?ml$|ockerfile|tox\.ini$|composer\.json$/.test(path),
  )
  return readers.flatMap(([path, text]) =>
    text.split('\n').flatMap((line, at) => {
      const range = { path, start: at + 1, end: at + 1 }
      return /^\s*#/.test(line) || line.length > 2_000
        ? []
        : Array.from(line.matchAll(RUN), ([whole, first, second]) => ({
            program: whole,
            name: first ?? second ?? '',
            range,
          }))
    }),
  )
}

/** Places outside the definition, in order, not too many. */
function outside(places: SourceRange[], { path, start, end }: SourceRange): SourceRange[] {
  return places
    .filter((place) => place.path !== path || place.start < start || place.start > end)
    .sort(byPlace)
    .slice(0, MOST_USES)
}
