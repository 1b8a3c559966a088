/** One fetch in a process of its own: prints its seconds. Started by bench/git.ts. */

import { fetchRepository } from '#lib/git/fetch-repository.ts'

const [url = '', storeDir = '', engine = ''] = process.argv.slice(2)
const startedMs = performance.now()
const { commit } = await fetchRepository({
  url,
  branch: null,
  storeDir,
  limits: { maxRepoBytes: 4e9, maxRepoFiles: 1e6, cloneTimeoutMs: 600_000 },
  network: { allowedHosts: [], allowPrivateHosts: true, engine: engine === 'system' ? 'system' : 'builtin' },
  signal: new AbortController().signal,
  progress: () => {},
})
console.log(JSON.stringify({ seconds: (performance.now() - startedMs) / 1000, commit }))
