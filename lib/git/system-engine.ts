import { rm, writeFile } from 'node:fs/promises'
import { checkedAddresses } from './address-guard.ts'
import { httpOf, listHttpRefs } from './builtin-engine.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { hardenedForHttp } from './hardened-git.ts'
import { fetchHistoryBySystem, fetchOneBySystem, type SystemFetch } from './system-fetch.ts'
import { trustedCertificates } from './trusted-certificates.ts'

/**
 * The `git` program over https and http. Refs are listed, redirects followed and addresses checked by our own HTTP, so
 * that git is given the final address and dials what was checked.
 */
export function systemEngine(options: EngineOptions): Engine {
  const http = httpOf(options)
  const closing = new AbortController()
  const signal = AbortSignal.any([options.signal, closing.signal])

  async function withGit<Value>(folder: string, work: (fetch: SystemFetch) => Promise<Value>): Promise<Value> {
    const url = new URL(http.reached(options.url))
    url.hostname = url.hostname.replace(/\.$/, '')
    const addresses = await checkedAddresses(url, options.network, options.resolveHost)
    const credential = url.origin === new URL(options.url).origin ? options.credential : null
    const caFile = `${folder}.pem`
    try {
      await writeFile(caFile, (await trustedCertificates(options.network.caFile ?? null)).join('\n'), { mode: 0o600 })
      const git = hardenedForHttp({ url, addresses, credential, caFile })
      return await work({ options, signal, folder, url: url.href, git })
    } finally {
      await rm(caFile, { force: true })
    }
  }

  return {
    listRefs: (prefix) => listHttpRefs({ http, url: options.url }, prefix),
    fetchOne: (folder, want) => withGit(folder, (fetch) => fetchOneBySystem(fetch, want)),
    fetchHistory: (folder) => withGit(folder, fetchHistoryBySystem),
    failure: http.failure,
    close() {
      closing.abort()
      http.close()
    },
  }
}
