import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { isDocsfyError } from '#lib/errors.ts'
import { type FetchRepository, fetchRepository, type OpenedRepository } from '#lib/git/fetch-repository.ts'
import { openSnapshot } from '#lib/git/snapshot.ts'
import { type GitServer, type GitServerOptions, serveGit } from '#lib/testing/git-http-server.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'

export const fetchLimits = { maxRepoBytes: 1e8, maxRepoFiles: 1000, cloneTimeoutMs: 20_000 }

export interface RemoteRepository {
  repository: TempRepository
  server: GitServer
  /** Folder of the store; nothing else may stay in it. */
  work: string
  storeDir: string
  fetchIt(options?: Partial<FetchRepository>): Promise<OpenedRepository>
}

/** A new repository with two files, served over HTTP, and an empty folder to fetch into, for each test of a file. */
export function withRemoteRepository(
  engine: 'builtin' | 'system' = 'builtin',
  serving: GitServerOptions = {},
): RemoteRepository {
  const remote = {
    fetchIt: (options = {}) =>
      fetchRepository({
        url: `${remote.server.url}/sample`,
        branch: null,
        storeDir: remote.storeDir,
        limits: fetchLimits,
        network: { allowedHosts: [], allowPrivateHosts: true, engine },
        signal: new AbortController().signal,
        progress: () => {},
        ...options,
      }),
  } as RemoteRepository
  beforeEach(async () => {
    remote.repository = await createTempRepository({
      files: { 'README.md': '# Sample\n', 'src/a.ts': 'export const a = 1\n' },
    })
    remote.server = await serveGit(remote.repository.root, serving)
    remote.work = await mkdtemp(join(tmpdir(), 'docsfy-fetch-'))
    remote.storeDir = join(remote.work, 'store.git')
  })
  afterEach(async () => {
    await remote.server.close()
    await remote.repository.remove()
    await rm(remote.work, { recursive: true, force: true })
  })
  return remote
}

/** Code and sentence of a failure; the code is null for an unexpected one. */
export async function failureOf(work: Promise<unknown>): Promise<{ code: string | null; message: string }> {
  const error = await work.then(
    () => 'no failure',
    (thrown: unknown) => thrown,
  )
  return isDocsfyError(error) ? { code: error.code, message: error.message } : { code: null, message: String(error) }
}

/** Every file of what was opened, as text. */
export async function textsOf(opened: OpenedRepository): Promise<Record<string, string>> {
  const snapshot = await openSnapshot({ ...opened, limits: fetchLimits, signal: new AbortController().signal })
  const texts: Record<string, string> = {}
  for (const { path, oid } of snapshot.entries)
    texts[path] = Buffer.from((await snapshot.readBlob(oid)) ?? []).toString()
  return texts
}
