import { dirOf, joinPath } from '#lib/facts/imports/paths.ts'
import { type JsonNode, jsonText } from '#lib/facts/json-lines.ts'

export const NPM_MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'] as const
export type NpmManager = (typeof NPM_MANAGERS)[number]

const LOCKS: Record<string, NpmManager> = {
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
}

/** The program people run the scripts of a package.json with: `packageManager` or a lock file tells it, the nearest first. */
export function npmManagerOf(
  path: string,
  jsons: ReadonlyMap<string, JsonNode>,
  paths: ReadonlySet<string>,
): NpmManager {
  const at = (dir: string, name: string) => (dir === '' ? name : `${dir}/${name}`)
  for (let dir: string | null = dirOf(path); dir !== null; dir = dir === '' ? null : joinPath(dir, '..')) {
    const json = jsons.get(at(dir, 'package.json'))
    const stated = json ? (jsonText(json, 'packageManager') ?? '') : ''
    const known = NPM_MANAGERS.find((name) => stated.startsWith(`${name}@`))
    if (known) return known
    const folder = dir
    const lock = Object.keys(LOCKS).find((name) => paths.has(at(folder, name)))
    if (lock) return LOCKS[lock] ?? 'npm'
  }
  return 'npm'
}

/** What a person types at the root of the repository to run a script of the package in `dir`. */
export function npmInvocation(manager: NpmManager, dir: string, name: string): string {
  const isShort = /^(?:start|stop|test|restart)$/.test(name) && manager !== 'bun'
  const run = isShort ? name : `run ${name}`
  if (dir === '') return `${manager} ${run}`
  if (manager === 'bun') return `bun run --cwd ${dir} ${name}`
  return `${manager} ${FOLDER_OPTIONS[manager]} ${dir} ${run}`
}

const FOLDER_OPTIONS = { npm: '--prefix', pnpm: '--dir', yarn: '--cwd' } as const
