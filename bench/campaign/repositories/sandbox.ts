import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outside } from './hostile.ts'

export const SECRET = 'the-secret-outside-the-work-directory'

export interface Sandbox extends Outside {
  root: string
  /** Served repositories; `hidden` holds those nobody may read, `work` is all the server may write to. */
  served: string
  hidden: string
  work: string
  /** Files that were added or changed outside `work` since the start, and contacts of the canary. */
  intrusions(): string[]
  /** Files of `work` that hold the secret. */
  leaks(): string[]
  close(): Promise<void>
}

export async function createSandbox(): Promise<Sandbox> {
  const root = await mkdtemp(join(tmpdir(), 'docsfy-hostile-'))
  const [served, hidden, work, folder] = ['served', 'hidden', 'work', 'outside'].map((name) => join(root, name)) as [
    string,
    string,
    string,
    string,
  ]
  for (const path of [served, hidden, folder, join(work, 'data'), join(work, 'home'), join(work, 'tmp')])
    mkdirSync(path, { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), `# ${SECRET}\n`)
  let contacts = 0
  const canary = createServer((socket) => {
    contacts += 1
    socket.on('error', () => undefined).destroy()
  })
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve))
  const before = stateOf(root, work, served, hidden)
  return {
    root,
    served,
    hidden,
    work,
    folder,
    mark: (name) => `touch ${join(folder, `marker-${name}`)}`,
    canaryUrl: `http://127.0.0.1:${(canary.address() as AddressInfo).port}/inside.git`,
    intrusions() {
      const found = contacts > 0 ? [`${contacts} connections to the canary`] : []
      contacts = 0
      for (const [path, digest] of stateOf(root, work, served, hidden))
        if (before.get(path) !== digest) found.push(path)
      for (const path of readdirSync(folder))
        if (path !== 'secret.txt') void rm(join(folder, path), { recursive: true })
      return found
    },
    leaks: () => filesOf(work).filter((path) => readFileSync(path).includes(SECRET)),
    async close() {
      canary.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** Digest of every file below `root` that is not below one of `except`. */
function stateOf(root: string, ...except: string[]): Map<string, string> {
  return new Map(
    filesOf(root, except).map((path) => [path, createHash('sha1').update(readFileSync(path)).digest('hex')]),
  )
}

function filesOf(folder: string, except: string[] = []): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (except.includes(path)) return []
    if (entry.isDirectory()) return filesOf(path, except)
    if (entry.isSymbolicLink())
      throw new Error(`${path} is a link to ${readlinkSync(path)}, which nothing of ours makes`)
    return entry.isFile() ? [path] : []
  })
}
