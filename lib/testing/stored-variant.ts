import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { finishRun, type Started, type StartInput, startRun } from '#db/queries/runs.ts'
import { config } from '#lib/config.ts'
import { variantFolder } from '#lib/domain/folders.ts'
import type { Outcome } from '#lib/domain/job.ts'
import { siteFolder } from '#lib/variant-folder.ts'

/** What starting a generation of `https://git.example/<org>/<name>` stores, with changes. */
export function startInput(owner: string, name: string, changes: Partial<StartInput> = {}): StartInput {
  return {
    owner,
    repository: { canonicalUrl: `https://git.example/org/${name}`, kind: 'url', name, org: 'org' },
    branch: 'main',
    provider: 'builtin',
    model: 'static',
    force: false,
    repoType: null,
    trigger: 'api',
    requestedBy: owner,
    ...changes,
  }
}

/** A variant that is generating. */
export async function generatingVariant(
  owner: string,
  name: string,
  changes: Partial<StartInput> = {},
): Promise<Started> {
  const started = await startRun(startInput(owner, name, changes))
  if (!started) throw new Error('the variant is generating already')
  return started
}

/** A ready variant whose site holds these files. */
export async function readyVariant(owner: string, name: string, files: Record<string, string> = {}): Promise<Started> {
  const started = await generatingVariant(owner, name)
  const identity = { owner, name: started.projectName, branch: 'main', provider: 'builtin', model: 'static' }
  const site = siteFolder(variantFolder(config().dataDir, identity), started.runId)
  for (const [path, content] of Object.entries({ 'index.html': `<h1>${name}</h1>`, ...files })) {
    await mkdir(dirname(join(site, path)), { recursive: true })
    await writeFile(join(site, path), content)
  }
  await finishRun(started.runId, outcome({ siteDir: site }))
  return started
}

/** What the worker of a successful run reports, with changes. */
export function outcome(changes: Partial<Outcome> = {}): Outcome {
  return {
    status: 'ready',
    upToDate: false,
    commit: 'c'.repeat(40),
    branch: 'main',
    repoType: 'library',
    pageCount: 3,
    totalPages: 3,
    warnings: [],
    siteDir: null,
    message: null,
    durationMs: 1500,
    stages: [],
    ...changes,
  }
}
