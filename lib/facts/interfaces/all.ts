import type { EntryPointFact, Facts } from '#lib/domain/facts.ts'
import type { Collected } from '#lib/facts/collected.ts'
import { javascriptResolver } from '#lib/facts/imports/javascript.ts'
import type { Manifests } from '#lib/facts/manifests.ts'
import { byPlace } from '#lib/facts/order.ts'
import { npmDependencies, npmEntryPoints, npmScripts } from './npm.ts'

type Interfaces = Pick<Facts, 'entryPoints' | 'scripts' | 'dependencies' | 'flags' | 'environment' | 'routes'>

/** What the repository offers to people and programs: commands, entry points, flags, variables, routes. */
export function interfacesOf(collected: Collected, manifests: Manifests): Interfaces {
  const paths = new Set(collected.files.map(({ path }) => path))
  const { leadsTo } = javascriptResolver(paths, manifests.npm, collected.texts)
  const npm = manifests.npm.filter(({ path }) => roleAllows(collected, path))
  const entryPoints: EntryPointFact[] = npm.flatMap((manifest) => npmEntryPoints(manifest, leadsTo))
  return {
    entryPoints: entryPoints.sort((a, b) => byPlace(a.range, b.range)),
    scripts: npm.flatMap(npmScripts).sort((a, b) => byPlace(a.range, b.range)),
    dependencies: npm.flatMap(npmDependencies).sort((a, b) => byPlace(a.source, b.source)),
    flags: [],
    environment: [],
    routes: [],
  }
}

/** Manifests of tests, examples and vendored code do not speak for the project. */
function roleAllows(collected: Collected, path: string): boolean {
  return collected.files.some((file) => file.path === path && file.role === 'config')
}
