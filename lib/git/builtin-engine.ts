import { fetch, type ProgressCallback } from 'isomorphic-git'
import { breather } from '#lib/breather.ts'
import type { EngineOptions, Fetcher, FetchProgress } from './engine.ts'
import type { GuardedHttp } from './http-plugin.ts'
import { guardedFileSystem } from './pack-guard.ts'
import { LATEST_REF } from './store.ts'
import { askingForThinPacks } from './thin-pack.ts'

const PROGRESS_INTERVAL_MS = 250
const INDEX_PHASES: Record<string, string> = {
  'Receiving objects': 'Indexing objects',
  'Resolving deltas': 'Resolving deltas',
}

/** Git in this process: isomorphic-git over our own guarded HTTP. Needs nothing installed. */
export function builtinFetcher(options: EngineOptions, http: GuardedHttp): Fetcher {
  return {
    async fetchOne(folder, want) {
      return (await fetchInto(folder, { options, http, want })).fetchHead
    },
    async fetchHistory(folder) {
      await fetchInto(folder, { options, http, want: null })
    },
  }
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
