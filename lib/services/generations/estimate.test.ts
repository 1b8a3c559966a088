import { join } from 'node:path'
import { expect, it } from 'vitest'
import { jobOf } from '#lib/jobs/job-of.ts'
import { runPipeline } from '#lib/pipeline.ts'
import { estimateGeneration } from '#lib/services/generations/estimate.ts'
import { setSteering } from '#lib/services/steering/manage.ts'
import { adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { generatingVariant } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'
import { withEstimates } from '#lib/testing/with-estimates.ts'
import { writerFor } from '#lib/writers/registry.ts'

withTemporaryData()
const { signal } = new AbortController()

const repository = withEstimates({
  'package.json': JSON.stringify({ name: 'doors', main: 'lib/open.ts' }),
  'lib/open.ts': '/** Opens a door. */\nexport function openDoor(): void {}\n',
  'old/close.ts': '/** Closes it as it was done. */\nexport function closeOldDoor(): void {}\n',
})

const asked = () => ({ repo_path: repository().path, branch: 'main', force: false })

it('follows what the owner asks for in the dashboard, as a run does, and finds that its site is up to date', {
  timeout: 120_000,
}, async () => {
  const admin = await adminPrincipal()
  const canonicalUrl = repository().path
  await generatingVariant('admin', 'doors', {
    repository: { canonicalUrl, kind: 'local', name: 'doors', org: null },
  })
  const steering = { paths: { include: [], exclude: ['old/**'] } }
  await setSteering(admin, { name: 'doors' }, steering)
  const run = { runId: 'r1', owner: 'admin', name: 'doors', branch: 'main', provider: 'builtin', model: 'static' }
  const job = { ...jobOf({ ...run, canonicalUrl, kind: 'local', force: false, repoType: null }), steering }
  const writer = writerFor(job)
  const made = await runPipeline(job, { signal, writer, progress: () => undefined })
  expect(made.status).toBe('ready')

  const answer = await estimateGeneration(admin, asked(), signal)
  expect(answer).toMatchObject({ project: 'doors', branch: 'main', up_to_date: true, update: null })
  expect(answer.navigation.flatMap(({ pages }) => pages)).toHaveLength(made.totalPages)

  // Another repository of that name and commit is another project, of which nothing is there.
  const copy = join(repository().root, 'doors')
  await repository().git('clone', '-q', '--bare', '.', copy)
  const ofCopy = await estimateGeneration(admin, { ...asked(), repo_path: copy }, signal)
  expect(ofCopy).toMatchObject({ project: expect.stringMatching(/-doors$/), up_to_date: false })

  await setSteering(admin, { name: 'doors' }, {})
  const withoutWishes = await estimateGeneration(admin, asked(), signal)
  expect(withoutWishes.up_to_date).toBe(false)
  expect(JSON.stringify(withoutWishes.update?.pages)).toContain('closeOldDoor')
})

it('is refused to those who may not generate, before anything is read', async () => {
  const [vera, ann] = [await makeAccount('vera', 'viewer'), await makeAccount('ann')]
  await expect(estimateGeneration(vera.principal, asked(), signal)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(estimateGeneration(ann.principal, asked(), signal)).rejects.toMatchObject({ code: 'forbidden' })
  const inside = { repo_url: 'https://127.0.0.1/org/lib', branch: 'main', force: false }
  await expect(estimateGeneration(ann.principal, inside, signal)).rejects.toMatchObject({ code: 'refused_address' })
})
