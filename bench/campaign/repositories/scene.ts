import { join } from 'node:path'
import { serveGit } from '#lib/testing/git-http-server.ts'
import type { Extent } from '../goal.ts'
import { HOSTILE_CONTENTS } from './contents.ts'
import type { Hostile } from './hostile.ts'
import { startHostileServer } from './hostile-server.ts'
import { makeLocalHostiles, makeRunningLocal } from './local.ts'
import { MISBEHAVIOURS } from './misbehaviours.ts'
import { createRaw } from './raw-repository.ts'
import { type Sandbox, SECRET } from './sandbox.ts'
import { HOSTILE_TREES } from './trees.ts'

export const ENGINES = ['auto', 'builtin'] as const
export type Engine = (typeof ENGINES)[number]

/** What is asked of a server: to document this. */
export interface Target {
  name: string
  body: { repo_url: string } | { repo_path: string }
  /** Which of the engines is to try it: what is inside of files is the same for both. */
  engines: readonly Engine[]
  prepare?: () => void
}

export interface Scene {
  targets: Target[]
  /** Folder of a hostile repository, made when it is not there yet. */
  pathOf(name: string): string
  close(): Promise<void>
}

/** All hostile repositories, served over HTTP or lying in a folder; each is made when its turn comes. */
export async function prepareScene(sandbox: Sandbox, extent: Extent): Promise<Scene> {
  const isWanted = ({ fast }: { fast?: boolean }) => extent === 'full' || fast === true
  const misbehaviours = MISBEHAVIOURS.filter(isWanted)
  const git = await serveGit(sandbox.served)
  const server = await startHostileServer(misbehaviours)
  const hostiles = new Map([...HOSTILE_TREES, ...HOSTILE_CONTENTS].map((one) => [one.name, one]))
  const made = new Set<string>()
  function pathOf(name: string): string {
    const path = join(sandbox.served, folderOf(name))
    const hostile = hostiles.get(name)
    if (!hostile) throw new Error(`There is no hostile repository "${name}"`)
    if (!made.has(name)) hostile.make(createRaw(path), sandbox)
    made.add(name)
    return path
  }
  const served = (all: Hostile[], engines: readonly Engine[]): Target[] =>
    all.filter(isWanted).map(({ name }) => ({
      name,
      engines,
      body: { repo_url: `${git.url}/${folderOf(name)}` },
      prepare: () => void pathOf(name),
    }))
  return {
    targets: [
      ...served(HOSTILE_TREES, ENGINES),
      ...served(HOSTILE_CONTENTS, ['auto']),
      ...misbehaviours.map(({ name }, n) => ({
        name,
        engines: ENGINES,
        body: { repo_url: `${server.url}/${n}/${folderOf(name)}` },
      })),
      ...locals(sandbox),
    ],
    pathOf,
    async close() {
      await server.close()
      await git.close()
    },
  }
}

function locals({ served, hidden, mark }: Sandbox): Target[] {
  const all = [...makeLocalHostiles({ root: served, outside: hidden, secret: SECRET }), makeRunningLocal(served, mark)]
  return all.map(({ name, path }) => ({ name, engines: ['auto'], body: { repo_path: path } }))
}

function folderOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
}
