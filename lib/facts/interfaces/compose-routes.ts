import type { ImportFact } from '#lib/domain/facts.ts'
import { dirOf } from '#lib/facts/imports/paths.ts'
import type { RawRoute, RouteMount } from '#lib/facts/parse/parsed-file.ts'

export interface RoutedFile {
  path: string
  routes: RawRoute[]
  mounts: RouteMount[]
}

interface Composition {
  files: RoutedFile[]
  imports: ImportFact[]
  /** File of a Python module, for URL configurations that name one as text. */
  moduleFile: (module: string) => string | null
  /** Default of a setting by its name, for prefixes like `settings.API`. */
  settingOf: (name: string) => string | null
}

const MAX_DEPTH = 8
const MAX_PREFIXES = 20

/** Routes with the prefixes of all routers they hang below, also when those are mounted in another file. */
export function composedRoutes(composition: Composition): RawRoute[] {
  const { files, imports } = composition
  const parents = parentsOf(composition)
  const prefixesOf = (key: string, depth: number): string[] => {
    const mounts = depth < MAX_DEPTH ? (parents.get(key) ?? []) : []
    if (mounts.length === 0) return [autoloaded(key)]
    const all = mounts.flatMap(({ parent, prefix, isPlain }) =>
      prefixesOf(parent, depth + 1).map((outer) => joined(outer, prefix, isPlain)),
    )
    return [...new Set(all)].slice(0, MAX_PREFIXES)
  }
  const isAutoloaded = imports.some(leadsRoutes)
  const autoloaded = (key: string) => (isAutoloaded ? folderPrefix(key) : '')
  return files.flatMap(({ path, routes }) =>
    routes.flatMap((route) => {
      const prefixes = route.router === null ? [''] : prefixesOf(keyOf(path, route.router), 0)
      return prefixes.map((prefix) => ({ ...route, path: rooted(joined(prefix, route.path, isPlain(path))) }))
    }),
  )
}

/** Whether an import decides by itself where the routes of other files hang. */
export function leadsRoutes({ specifier }: Pick<ImportFact, 'specifier'>): boolean {
  return specifier === '@fastify/autoload'
}

/** `@fastify/autoload` puts the folders below `routes` in front of what a plugin there registers. */
function folderPrefix(key: string): string {
  const folders = /(?:^|\/)routes\/(.+)\/[^/\n]+\n/.exec(key)?.[1]
  return folders ? `/${folders.replace(/(?<=^|\/)_(\w+)/g, ':$1')}` : ''
}

function rooted(path: string): string {
  return /^[/*{]/.test(path) ? path : `/${path}`
}

/** Python puts prefix and path together as they are written. */
function isPlain(path: string): boolean {
  return path.endsWith('.py')
}

function joined(prefix: string, path: string, plain: boolean): string {
  if (prefix === '') return path
  if (plain) return prefix + path
  const [start, rest] = [prefix.replace(/\/+$/, ''), path.replace(/^\/+/, '')]
  return rest === '' ? start || '/' : `${start}/${rest}`
}

/** Go sees the functions of a whole folder; everything else only its own file. */
function keyOf(path: string, router: string): string {
  return path.endsWith('.go') && router.endsWith('()') ? `${dirOf(path)}\n${router}` : `${path}\n${router}`
}

type Parent = { parent: string; prefix: string; isPlain: boolean }

function parentsOf({ files, imports, moduleFile, settingOf }: Composition): Map<string, Parent[]> {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const importsOf = Map.groupBy(imports, ({ from }) => from)
  const parents = new Map<string, Parent[]>()
  for (const { path, mounts } of files)
    for (const mount of mounts) {
      const child = childKey(mount, { path, byPath, imports: importsOf.get(path) ?? [], moduleFile })
      const parent = keyOf(path, mount.parent)
      if (child === null || child === parent) continue
      const prefix = mount.prefix.replace(/\{([\w.]+)\}/g, (whole, name) => settingOf(name) ?? whole)
      parents.set(child, [...(parents.get(child) ?? []), { parent, prefix, isPlain: isPlain(path) }])
    }
  return parents
}

interface Mounting {
  path: string
  byPath: Map<string, RoutedFile>
  imports: ImportFact[]
  moduleFile: (module: string) => string | null
}

function childKey({ child, from }: RouteMount, { path, byPath, imports, moduleFile }: Mounting): string | null {
  if (from === null) return keyOf(path, child)
  const found = imports.filter(({ specifier, to }) => specifier === from.specifier && to !== null)
  const isModule = (to: string | null) => to?.replace(/(?:\/__init__)?\.\w+$/, '').endsWith(`/${from.name}`) ?? false
  const named = found.find(({ names }) => names.includes(from.name)) ?? found.find(({ to }) => isModule(to)) ?? found[0]
  if (child.endsWith('()') && path.endsWith('.go')) return named?.to ? `${dirOf(named.to)}\n${child}` : null
  const target = byPath.get(named?.to ?? moduleFile(from.specifier) ?? '')
  if (!target) return null
  const isNamed = [...target.routes, ...target.mounts].some((one) => routerOf(one) === child)
  const router = isNamed ? child : soleRouter(target)
  return router === null ? null : keyOf(target.path, router)
}

function routerOf(one: RawRoute | RouteMount): string | null {
  return 'router' in one ? one.router : one.parent
}

/** The one router of a file that hangs below no other one there: what a default export is. */
function soleRouter({ routes, mounts }: RoutedFile): string | null {
  const inner = new Set(mounts.filter(({ from }) => from === null).map(({ child }) => child))
  const outer = new Set([...routes, ...mounts].map(routerOf).filter((name) => name !== null && !inner.has(name)))
  return outer.size === 1 ? ([...outer][0] ?? null) : null
}
