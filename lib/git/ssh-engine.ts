import type { SshRules } from '#lib/domain/job.ts'
import { checkedHost } from './address-guard.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { hardenedForSsh } from './hardened-git.ts'
import type { RemoteRef } from './remote-target.ts'
import { fetchHistoryBySystem, fetchOneBySystem, type SystemFetch } from './system-fetch.ts'
import { runGit } from './system-git.ts'

/** The `git` program over ssh, with the server's own key and the host keys an administrator has listed. */
export function sshEngine(options: EngineOptions, rules: SshRules): Engine {
  const url = new URL(options.url)
  const closing = new AbortController()
  const signal = AbortSignal.any([options.signal, closing.signal])
  let refs: Promise<RemoteRef[]> | null = null

  async function hardened() {
    const addresses = await checkedHost(url, options.network, options.resolveHost)
    return hardenedForSsh({ url, addresses, rules })
  }

  async function listAll(): Promise<RemoteRef[]> {
    const { options: flags, env } = await hardened()
    const args = [...flags, 'ls-remote', '--symref', '--end-of-options', url.href]
    const maxFileBytes = options.limits.maxRepoBytes
    return parseRefs(
      await runGit({ args, env: { ...env, GIT_CEILING_DIRECTORIES: '/' }, cwd: '/', maxFileBytes, signal }),
    )
  }

  async function fetchInto(folder: string): Promise<SystemFetch> {
    return { options: { ...options, signal }, folder, url: url.href, git: await hardened() }
  }

  return {
    async listRefs(prefix) {
      refs ??= listAll()
      return (await refs).filter(({ ref }) => ref.startsWith(prefix))
    },
    fetchOne: async (folder, want) => fetchOneBySystem(await fetchInto(folder), want),
    fetchHistory: async (folder) => fetchHistoryBySystem(await fetchInto(folder)),
    failure: () => undefined,
    close: () => closing.abort(),
  }
}

/** Reads `git ls-remote --symref`: symbolic refs as `ref: NAME<tab>HEAD`, what a tag leads to as `NAME^{}`. */
export function parseRefs(text: string): RemoteRef[] {
  const refs = new Map<string, RemoteRef>()
  const targets = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, target, symbolic] = /^ref: ([^\t]+)\t(.+)$/.exec(line) ?? []
    if (target && symbolic) targets.set(symbolic, target)
    const [, oid, name] = /^([0-9a-f]{40})\t(.+)$/.exec(line) ?? []
    if (!oid || !name) continue
    const tag = name.endsWith('^{}') ? refs.get(name.slice(0, -3)) : undefined
    if (tag) tag.peeled = oid
    else refs.set(name, { ref: name, oid, target: targets.get(name) })
  }
  return [...refs.values()]
}
