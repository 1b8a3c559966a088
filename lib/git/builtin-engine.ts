import { fetch, listServerRefs, type ProgressCallback } from 'isomorphic-git'
import { breather } from './breather.ts'
import type { Engine, EngineOptions, FetchProgress } from './engine.ts'
import { type GuardedHttp, guardedHttp } from './http-plugin.ts'
import { guardedFileSystem } from './pack-guard.ts'
import type { RemoteRef } from './remote-target.ts'
import { LATEST_REF } from './store.ts'
import { askingForThinPacks } from './thin-pack.ts'

const PROGRESS_INTERVAL_MS = 250
const INDEX_PHASES: Record<string, string> = {
  'Receiving objects': 'Indexing objects',
  'Resolving deltas': 'Resolving deltas',
}

/** Git in this process: isomorphic-git over our own guarded HTTP. Needs nothing installed. */
export function builtinEngine(options: EngineOptions): Engine {
  const http = httpOf(options)
  return {
    listRefs: (prefix) => listHttpRefs({ http, url: options.url }, prefix),
    async fetchOne(folder, want) {
      return (await fetchInto(folder, { options, http, want })).fetchHead
    },
    async fetchHistory(folder) {
      await fetchInto(folder, { options, http, want: null })
    },
    failure: http.failure,
    close: http.close,
  }
}

/** The guarded HTTP of a fetch. */
export function httpOf(options: EngineOptions): GuardedHttp {
  const { network, credential, url, limits, signal, progress, resolveHost } = options
  return guardedHttp({
    resolveHost,
    network,
    credential: credential && { ...credential, origin: new URL(url).origin },
    maxBytes: limits.maxRepoBytes,
    signal,
    onBytes: bytesProgress(progress),
  })
}

/** Isomorphic-git takes a broken answer for its end, hence the second look at how the request went. */
export async function listHttpRefs(
  { http, url }: { http: GuardedHttp; url: string },
  prefix: string,
): Promise<RemoteRef[]> {
  const refs = await listServerRefs({ http, url, prefix, symrefs: true, peelTags: true, protocolVersion: 2 })
  if (http.failure()) throw http.failure()
  return refs.filter(({ ref, oid }) => ref?.startsWith(prefix) && /^[0-9a-f]{40}$/.test(oid))
}

interface Fetching {
  options: EngineOptions
  http: GuardedHttp
  /** Null: all branches and tags with their history. */
  want: string | null
}

async function fetchInto(folder: string, { options, http, want }: Fetching) {
  const { url, limits, signal, progress } = options
  const guard = { maxBytes: limits.maxRepoBytes, breathe: breather(signal) }
  const one = { ref: LATEST_REF, remoteRef: want ?? 'HEAD', singleBranch: true, depth: 1 }
  const result = await fetch({
    fs: guardedFileSystem(guard),
    http: askingForThinPacks(http),
    gitdir: folder,
    url,
    tags: want === null,
    onProgress: indexProgress(progress),
    ...(want === null ? {} : one),
  })
  if (http.failure()) throw http.failure()
  return result
}

/** Isomorphic-git counts objects from zero, and its total is one short. Other phases are words of the server. */
function indexProgress(progress: FetchProgress): ProgressCallback {
  let toldAt = 0
  return ({ phase, loaded, total }) => {
    const words = INDEX_PHASES[phase]
    if (!words || (loaded < total && performance.now() - toldAt < PROGRESS_INTERVAL_MS)) return
    toldAt = performance.now()
    progress(words, loaded + 1, total + 1)
  }
}

/** Tells how much has arrived each time another megabyte has. */
export function bytesProgress(progress: FetchProgress): (received: number) => void {
  let told = 0
  return (received) => {
    const megabytes = Math.floor(received / 1e6)
    if (megabytes <= told) return
    told = megabytes
    progress(`Received ${megabytes} MB`)
  }
}
