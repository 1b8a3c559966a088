import type { DependencyFact, EntryPointFact, Facts, FileRole, ImportFact, SymbolFact } from '#lib/domain/facts.ts'
import type { Collected } from '#lib/facts/collected.ts'
import { javascriptResolver } from '#lib/facts/imports/javascript.ts'
import { pythonModuleFile } from '#lib/facts/imports/python.ts'
import type { Manifests } from '#lib/facts/manifests.ts'
import { byPlace, byText } from '#lib/facts/order.ts'
import type { EnvironmentRead, ParsedFile, RawKey, RawRoute, RawScript } from '#lib/facts/parse/parsed-file.ts'
import { withCentralVersions } from './central-versions.ts'
import { commandPaths } from './command-paths.ts'
import { composedRoutes } from './compose-routes.ts'
import { dataModelsOf } from './data-models.ts'
import { environmentFile } from './env-files.ts'
import { mergeEnvironment } from './environment.ts'
import { kubernetesEnvironment } from './environment-kubernetes.ts'
import { composeEnvironment, dockerEnvironment } from './environment-texts.ts'
import { gemfileDependencies } from './gem.ts'
import { goDependencies } from './go-mod.ts'
import { sampleFileKeys } from './keys-files.ts'
import { helmKeys } from './keys-helm.ts'
import { jsonSchemaKeys } from './keys-json-schema.ts'
import { makeScripts } from './make.ts'
import { npmDependencies, npmEntryPoints, npmScripts } from './npm.ts'
import { pythonDependencies, pythonEntryPoints, pythonScripts, requirements, toxScripts } from './python-project.ts'
import { nextRoutes } from './routes-next.ts'
import { dockerScripts, noxScripts, rakeScripts } from './scripts-texts.ts'
import { yamlScripts } from './scripts-yaml.ts'
import { serverStarts } from './servers.ts'
import { mentionsOf, usedFlags, usedKeys, usedRoutes, usedScripts } from './used-in.ts'

type Interfaces = Pick<
  Facts,
  | 'entryPoints'
  | 'scripts'
  | 'dependencies'
  | 'flags'
  | 'commands'
  | 'environment'
  | 'routes'
  | 'dataModels'
  | 'configurationKeys'
>

interface Sources {
  collected: Collected
  manifests: Manifests
  symbols: SymbolFact[]
  imports: ImportFact[]
  /** Every path of the repository; it remembers what is looked for. */
  paths: ReadonlySet<string>
}

/**
 * What the repository offers to people and programs: commands, entry points, flags, variables, routes. Where it looks at
 * more of a file than that file's own interfaces, `update/reach.ts` must know of it.
 */
export function interfacesOf({ collected, manifests, symbols, imports, paths }: Sources): Interfaces {
  const roles = new Map(collected.files.map(({ path, role }) => [path, role]))
  const own: Sources = {
    symbols,
    imports,
    paths,
    collected: { ...collected, texts: new Map([...collected.texts].filter(([path]) => isOwn(roles.get(path)))) },
    manifests: {
      ...manifests,
      npm: manifests.npm.filter(({ path }) => isOwn(roles.get(path))),
      python: manifests.python.filter(({ path }) => isOwn(roles.get(path))),
      packages: manifests.packages.filter(({ fact }) => isOwn(roles.get(fact.path))),
    },
  }
  const parsed = [...collected.parsed].filter(([path]) => /^(?:source|config)$/.test(roles.get(path) ?? ''))
  const sources = parsed.filter(([path]) => roles.get(path) === 'source').map(([, file]) => file)
  const { texts } = own.collected
  const entryPoints = startsOf(own, sources)
  const files = parsed.filter(([path]) => roles.get(path) === 'source').map(([path, file]) => ({ path, ...file }))
  const typed = commandPaths({ files, imports, entryPoints })
  const mentions = mentionsOf(collected.parsed)
  const keys = keysOf(sources, texts)
  const reads = parsed.flatMap(([, file]) => [...file.environment, ...file.variables])
  const defaults = new Map(keys.map((key) => [key.name, key.default]))
  return {
    entryPoints,
    scripts: usedScripts(scriptsOf(own), texts),
    dependencies: withCentralVersions(dependenciesOf(own), texts),
    flags: usedFlags(typed.flags, mentions),
    commands: typed.commands,
    dataModels: dataModelsOf({ sources, texts, imports }),
    configurationKeys: [...usedKeys(keys, mentions), ...helmKeys(texts)].sort(
      (a, b) => byPlace(a.range, b.range) || byText(a.name, b.name),
    ),
    environment: mergeEnvironment(variablesIn(texts, { reads, manifests: own.manifests }), reads),
    routes: usedRoutes(
      routesOf(own, roles, (name) => defaults.get(name.split('.').at(-1) ?? name) ?? null),
      mentions,
    ),
  }
}

/** Whether interfaces are put together along imports: routers, commands and tables of several files, servers of programs. */
export function followsImports(parsed: Iterable<ParsedFile>): boolean {
  for (const { mounts, commandMounts, servers, models, schemaSteps } of parsed)
    if (mounts.length + commandMounts.length + servers.length + models.length + schemaSteps.length > 0) return true
  return false
}

/** Configuration keys of code, schemas and sample files. */
function keysOf(sources: ParsedFile[], texts: ReadonlyMap<string, string>): RawKey[] {
  const inTexts = [...texts].flatMap(([path, text]) =>
    /schema\.json$/i.test(path) ? jsonSchemaKeys(path, text) : sampleFileKeys(path, text),
  )
  const all = [...sources.flatMap((file) => file.keys), ...inTexts]
  return all.sort((a, b) => byPlace(a.range, b.range) || byText(a.name, b.name))
}

interface Named {
  reads: EnvironmentRead[]
  manifests: Manifests
}

/** Variables that files beside the code name: samples, compose files, images, manifests of clusters. */
function variablesIn(texts: ReadonlyMap<string, string>, { reads, manifests }: Named): EnvironmentRead[] {
  const own = [...texts].flatMap(([path, text]) => {
    if (/(?:^|\/)\.env\.\w+$/.test(path)) return environmentFile(path, text)
    if (/(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/.test(path)) return composeEnvironment(path, text)
    return isDockerfile(path) ? dockerEnvironment(path, text) : []
  })
  const known = new Set([...own, ...reads].map(({ name }) => name))
  const images = new Set(manifests.facts.flatMap(({ name }) => name?.split('/').at(-1) ?? []))
  // What other people's images are told is theirs; the code says which variables it knows.
  const isOwnImage = (image: string | null) => images.has(image?.split('/').at(-1)?.split(/[:@]/)[0] ?? '')
  const given = [...texts].flatMap(([path, text]) => (/\.ya?ml$/.test(path) ? kubernetesEnvironment(path, text) : []))
  const ours = given.filter(({ name, image }) => known.has(name) || isOwnImage(image))
  return [...own, ...ours.map(({ image: _, ...variable }) => variable)]
}

function isDockerfile(path: string): boolean {
  return /(?:^|\/)(?:(?:[^/]+\.)?Dockerfile|Containerfile|Dockerfile\.[\w-]+)$/i.test(path)
}

/** Routes of the source files with their whole paths. */
function routesOf(
  { collected, imports, symbols, paths }: Sources,
  roles: Map<string, FileRole>,
  settingOf: (name: string) => string | null,
): RawRoute[] {
  const files = [...collected.parsed].filter(([path]) => roles.get(path) === 'source')
  const composed = composedRoutes({
    files: files.map(([path, { routes, mounts }]) => ({ path, routes, mounts })),
    imports,
    moduleFile: (module) => moduleFileOf(module, paths),
    settingOf,
  })
  const all = [...composed, ...nextRoutes(symbols)]
  return all.sort((a, b) => byPlace(a.range, b.range) || byText(a.method, b.method) || byText(a.path, b.path))
}

/** File of a module that is named as text: Python's `shop.urls`, Rust's `users`. */
function moduleFileOf(module: string, paths: ReadonlySet<string>): string | null {
  const python = pythonModuleFile(paths, module, '')
  if (python) return python
  const ends = [`/${module.replaceAll('.', '/')}.py`, `/${module}.rs`, `/${module}/mod.rs`]
  const found = [...paths].filter((path) => ends.some((end) => path.endsWith(end)))
  return found.length === 1 ? (found[0] ?? null) : null
}

/** Manifests of tests, examples and vendored code do not speak for the project. */
function isOwn(role: string | undefined): boolean {
  return role === 'config' || role === 'source' || role === 'other'
}

/** Entry points, and the servers that these start. */
function startsOf(own: Sources, sources: ParsedFile[]): EntryPointFact[] {
  const entryPoints = entryPointsOf(
    own,
    sources.flatMap((file) => file.entryPoints),
  )
  const servers = serverStarts({ sources, entryPoints, imports: own.imports, npm: own.manifests.npm })
  return [...entryPoints, ...servers].sort((a, b) => byPlace(a.range, b.range) || byText(a.name, b.name))
}

function entryPointsOf({ collected, manifests, paths }: Sources, inCode: EntryPointFact[]): EntryPointFact[] {
  const { leadsTo } = javascriptResolver(paths, manifests.npm, collected.texts)
  const built = manifests.packages.flatMap(({ entryPoints }) => entryPoints.filter(({ range }) => isBuild(range.path)))
  const named = new Set(built.map(({ kind, path }) => `${kind} ${path}`))
  // A program has the name that its build gives it.
  const isOwnName = ({ kind, path }: EntryPointFact) => !named.has(`${kind} ${path}`)
  return [
    ...manifests.npm.flatMap((manifest) => npmEntryPoints(manifest, leadsTo)),
    ...manifests.python.flatMap((manifest) =>
      pythonEntryPoints(manifest, (module) => pythonModuleFile(paths, module, manifest.dir)),
    ),
    ...manifests.packages.flatMap((manifest) => manifest.entryPoints),
    ...inCode.filter(isOwnName).map((entry) => ({ ...entry, name: entry.name || rootProgram(manifests) })),
  ]
}

function isBuild(path: string): boolean {
  return /(?:^|\/)(?:CMakeLists\.txt|build\.gradle(?:\.kts)?|[^/]+\.(?:cs|fs|vb)proj)$/.test(path)
}

/** Go names a program at the root of its module by the last part of the module's path. */
function rootProgram(manifests: Manifests): string {
  const path = manifests.goModules.find(({ dir }) => dir === '')?.path ?? 'main'
  return (
    path
      .replace(/\/v\d+$/, '')
      .split('/')
      .at(-1) ?? path
  )
}

function scriptsOf({ collected, manifests }: Sources): RawScript[] {
  const inTexts = [...collected.texts].flatMap(([path, text]) => {
    if (/(?:^|\/)(?:GNUm|[Mm])akefile$|(?:^|\/)justfile$/i.test(path)) return makeScripts(path, text)
    if (/(?:^|\/)noxfile\.py$/.test(path)) return noxScripts(path, text)
    if (/(?:^|\/)Rakefile$|\.rake$/.test(path)) return rakeScripts(path, text)
    if (isDockerfile(path)) return dockerScripts(path, text)
    return path.endsWith('tox.ini') ? toxScripts(path, text) : yamlScripts(path, text)
  })
  const ofPackages = manifests.packages.flatMap(({ scripts }) => scripts)
  const all = [
    ...manifests.npm.flatMap(npmScripts),
    ...manifests.python.flatMap(pythonScripts),
    ...ofPackages,
    ...inTexts,
  ]
  return all.sort((a, b) => byPlace(a.range, b.range) || byText(a.name, b.name))
}

function dependenciesOf({ collected, manifests }: Sources): DependencyFact[] {
  const inTexts = [...collected.texts].flatMap(([path, text]) => {
    if (path.endsWith('go.mod')) return goDependencies(path, text)
    if (/(?:^|\/)Gemfile$/.test(path)) return gemfileDependencies(path, text)
    return /requirements(?:[^/]*|\/[\w.-]+)\.txt$/.test(path) ? requirements(path, text) : []
  })
  const ofPackages = manifests.packages.flatMap(({ dependencies }) => dependencies)
  const all = [
    ...manifests.npm.flatMap(npmDependencies),
    ...manifests.python.flatMap(pythonDependencies),
    ...ofPackages,
    ...inTexts,
  ]
  return all.sort((a, b) => byPlace(a.source, b.source) || byText(a.name, b.name))
}
