import { join } from 'node:path'
import type { Job } from '#lib/domain/job.ts'

/**
 * A run of the built-in writer that documents the local repository at `path`, or another `source`, and keeps all it makes below the folder
 * `work`; every field can be replaced.
 */
export function makeJob({ path = '', work, ...changes }: Partial<Job> & { path?: string; work: string }): Job {
  return {
    runId: 'r1',
    source: { kind: 'local', path },
    branch: null,
    projectName: 'sample',
    provider: 'builtin',
    model: 'static',
    force: false,
    repoType: null,
    storeDir: join(work, 'store.git'),
    variantDir: join(work, 'variant'),
    limits: makeLimits(),
    network: { allowedHosts: [], allowPrivateHosts: false },
    ...changes,
  }
}

/** Room for any repository of a test; four pages are written at once. */
export function makeLimits(changes: Partial<Job['limits']> = {}): Job['limits'] {
  return { maxRepoBytes: 1e9, maxRepoFiles: 10_000, cloneTimeoutMs: 60_000, maxConcurrentPages: 4, ...changes }
}

/** How the provider `compatible` is reached, at an address. */
export function compatibleAt(url: string): NonNullable<Job['ai']> {
  return { variables: { COMPATIBLE_BASE_URL: `${url}/v1` }, callTimeoutMs: 120_000 }
}
