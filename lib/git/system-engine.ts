import { rm, writeFile } from 'node:fs/promises'
import { checkedAddresses } from './address-guard.ts'
import type { EngineOptions, Fetcher } from './engine.ts'
import { hardenedForHttp } from './hardened-git.ts'
import type { GuardedHttp } from './http-plugin.ts'
import { fetchHistoryBySystem, fetchOneBySystem, type SystemFetch } from './system-fetch.ts'
import { trustedCertificates } from './trusted-certificates.ts'

/**
 * The `git` program over https and http. `http` is what the refs were listed with: it knows where redirects led, so that
 * git is given the final address and dials what was checked.
 */
export function systemFetcher(options: EngineOptions, http: GuardedHttp): Fetcher {
  async function withGit<Value>(folder: string, work: (fetch: SystemFetch) => Promise<Value>): Promise<Value> {
    const url = new URL(http.reached(options.url))
    url.hostname = url.hostname.replace(/\.$/, '')
    const addresses = await checkedAddresses(url, options.network, options.resolveHost)
    const credential = url.origin === new URL(options.url).origin ? options.credential : null
    const caFile = url.protocol === 'https:' ? `${folder}.pem` : null
    try {
      if (caFile) await writeFile(caFile, (await trustedCertificates(options.network.caFile ?? null)).join('\n'))
      const git = hardenedForHttp({ url, addresses, credential, caFile })
      return await work({ options, folder, url: url.href, git })
    } finally {
      if (caFile) await rm(caFile, { force: true })
    }
  }

  return {
    fetchOne: (folder, want) => withGit(folder, (fetch) => fetchOneBySystem(fetch, want)),
    fetchHistory: (folder) => withGit(folder, fetchHistoryBySystem),
  }
}
