import { readdirSync, statSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EngineOptions } from './engine.ts'
import { bytesProgress, gitProgress } from './git-progress.ts'
import type { HardenedGit } from './hardened-git.ts'
import { repositoryTooLarge } from './limit-errors.ts'
import { MAX_OBJECT_BYTES } from './object-store.ts'
import { runGit, SystemGitError } from './system-git.ts'

const FETCHED_REF = 'refs/docsfy/fetched'
const WATCH_MS = 200
/** Of what git writes beside the pack: its index, and the pack's own end when a thin one is completed. */
const SPARE_BYTES = 16 * 1024 * 1024
/** Contents that are never read are not sent: the result is the same with or without them. */
const BLOB_FILTER = `--filter=blob:limit=${MAX_OBJECT_BYTES + 1}`
const REFUSED = /not our ref|unadvertised object|find remote ref/
const ONE = ['--depth=1', BLOB_FILTER]
const HISTORY = ['--filter=tree:0']
const ALWAYS = ['--progress', '--no-tags', '--no-write-fetch-head', '--no-auto-gc', '--no-recurse-submodules']

export interface SystemFetch {
  options: EngineOptions
  /** Private store that is fetched into. */
  folder: string
  /** Where redirects led, without credentials. */
  url: string
  git: HardenedGit
}

/** Brings one object without its history; answers its id, or `want` when the server has no such thing to give. */
export async function fetchOneBySystem(work: SystemFetch, want: string): Promise<string> {
  const found = await fetchRefs(work, { flags: ONE, refspecs: [`+${want}:${FETCHED_REF}`] })
  return found ? fetchedId(work.folder) : want
}

/** Brings the commits of all branches and tags; their files too when the server cannot leave them out. */
export async function fetchHistoryBySystem(work: SystemFetch): Promise<void> {
  const refspecs = ['+refs/heads/*:refs/docsfy/heads/*', '+refs/tags/*:refs/docsfy/tags/*']
  await fetchRefs(work, { flags: HISTORY, refspecs })
}

interface Wanted {
  flags: string[]
  refspecs: string[]
}

/** False when the server has no such thing, or does not give a commit by its id. */
async function fetchRefs({ options, folder, url, git }: SystemFetch, wanted: Wanted): Promise<boolean> {
  const { limits, progress, signal } = options
  const config = await readFile(join(folder, 'config'))
  const size = watchSize(folder, { maxBytes: limits.maxRepoBytes, onBytes: bytesProgress(progress) })
  try {
    await runGit({
      args: [...git.options, 'fetch', ...ALWAYS, ...wanted.flags, '--end-of-options', url, ...wanted.refspecs],
      env: { ...git.env, GIT_DIR: folder },
      cwd: folder,
      maxFileBytes: limits.maxRepoBytes + SPARE_BYTES,
      signal: AbortSignal.any([signal, size.exceeded]),
      onMessage: gitProgress(progress),
    })
    size.check()
    if (size.exceeded.aborted) throw repositoryTooLarge(limits.maxRepoBytes)
    return true
  } catch (error) {
    if (size.exceeded.aborted && !signal.aborted) throw repositoryTooLarge(limits.maxRepoBytes)
    if (error instanceof SystemGitError && REFUSED.test(error.said)) return false
    throw error
  } finally {
    size.stop()
    // A partial fetch notes the address there, to fetch the rest later, which never happens here.
    await writeFile(join(folder, 'config'), config)
  }
}

async function fetchedId(folder: string): Promise<string> {
  const path = join(folder, FETCHED_REF)
  const id = (await readFile(path, 'utf8')).trim()
  await rm(path)
  return id
}

interface SizeWatch {
  /** Aborted once the packs that came are larger than allowed. */
  exceeded: AbortSignal
  check(): void
  stop(): void
}

/** Looks several times a second at what git has written of new packs. */
function watchSize(
  folder: string,
  { maxBytes, onBytes }: { maxBytes: number; onBytes: (received: number) => void },
): SizeWatch {
  const packs = join(folder, 'objects', 'pack')
  const before = new Set(readdirSync(packs))
  const exceeded = new AbortController()
  function check(): void {
    const fresh = readdirSync(packs).filter((name) => !before.has(name) && /^tmp_pack|\.pack$/.test(name))
    const bytes = fresh.reduce(
      (sum, name) => sum + (statSync(join(packs, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    )
    onBytes(bytes)
    if (bytes > maxBytes) exceeded.abort()
  }
  const timer = setInterval(check, WATCH_MS)
  return { exceeded: exceeded.signal, check, stop: () => clearInterval(timer) }
}
