import { listServerRefs } from 'isomorphic-git'
import { builtinFetcher } from './builtin-engine.ts'
import { chooseEngine } from './choose-engine.ts'
import type { Engine, EngineOptions, Fetcher } from './engine.ts'
import { bytesProgress } from './git-progress.ts'
import { type GuardedHttp, guardedHttp } from './http-plugin.ts'
import type { RemoteRef } from './remote-target.ts'
import { systemFetcher } from './system-engine.ts'
import { installedGit } from './system-git.ts'

/**
 * A repository over https or http. Refs are always listed by our own HTTP; who fetches is only decided when something
 * has to be fetched, so that a look at an unchanged repository starts no program.
 */
export function httpEngine(options: EngineOptions): Engine {
  const { network, credential, url, limits, signal, progress, resolveHost } = options
  const closing = new AbortController()
  const work = { ...options, signal: AbortSignal.any([signal, closing.signal]) }
  const http = guardedHttp({
    network,
    credential: credential && { ...credential, origin: new URL(url).origin },
    maxBytes: limits.maxRepoBytes,
    signal: work.signal,
    onBytes: bytesProgress(progress),
    resolveHost,
  })
  let chosen: Promise<Fetcher> | null = null
  const fetcher = () => {
    chosen ??= fetcherFor(work, http)
    return chosen
  }
  return {
    listRefs: (prefix) => listRefs({ http, url }, prefix),
    fetchOne: async (folder, want) => (await fetcher()).fetchOne(folder, want),
    fetchHistory: async (folder) => (await fetcher()).fetchHistory(folder),
    failure: http.failure,
    close() {
      closing.abort()
      http.close()
    },
  }
}

async function fetcherFor(options: EngineOptions, http: GuardedHttp): Promise<Fetcher> {
  const { engine = 'auto' } = options.network
  const version = engine === 'builtin' ? null : await installedGit()
  return chooseEngine(engine, version) === 'system' ? systemFetcher(options, http) : builtinFetcher(options, http)
}

/** Isomorphic-git takes a broken answer for its end, hence the second look at how the request went. */
async function listRefs({ http, url }: { http: GuardedHttp; url: string }, prefix: string): Promise<RemoteRef[]> {
  const refs = await listServerRefs({ http, url, prefix, symrefs: true, peelTags: true, protocolVersion: 2 })
  if (http.failure()) throw http.failure()
  return refs.filter(({ ref, oid }) => ref?.startsWith(prefix) && /^[0-9a-f]{40}$/.test(oid))
}
