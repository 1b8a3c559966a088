import { expect } from '@playwright/test'
import { RUN_VARIABLE } from '#lib/config.ts'
import { runsResponseSchema } from '#lib/domain/runs.ts'
import { processesWith } from '#lib/jobs/process-group.ts'
import { type Sent, send } from './api-client.ts'
import { type ServedRepository, test } from './fixtures.ts'
import { withPerson } from './run-cli.ts'
import { SAMPLE_FILES } from './sample-files.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

/** What people are promised. */
const ABORTED_WITHIN_MS = 5000

for (const point of ['refs', 'pack', 'mid-pack'] as const) {
  test(`an abort ends the run within five seconds, also when Git hangs at ${point}`, async ({
    docsfy,
    serveRepository,
  }) => {
    const repository = await serveRepository(SAMPLE_FILES)
    repository.server.hold(new Promise(() => undefined), point)
    const id = await generate(docsfy, repository)
    await repository.server.untilHeld()
    const [run] = await runsOf(docsfy)
    const askedMs = Date.now()
    const answer = await ask(docsfy, '/api/projects/sample/main/builtin/static/abort', { method: 'POST' })
    expect(answer).toMatchObject({ status: 200 })
    const row = (await ask(docsfy, `/api/projects/by-id/${id}`)).json
    expect(row).toMatchObject({ status: 'aborted', error_message: 'Generation aborted by user' })
    const [ended] = await runsOf(docsfy)
    expect(ended).toMatchObject({ run_id: run?.run_id, state: 'aborted' })
    expect(Date.parse(ended?.finished_at ?? '') - askedMs).toBeLessThanOrEqual(ABORTED_WITHIN_MS)
    await expect.poll(() => processesWith(RUN_VARIABLE, run?.run_id ?? '')).toEqual([])
  })
}

test('with RESUME_ON_START a run that a crash interrupted goes on by itself, once', async ({ serveRepository }) => {
  const docsfy = await startServerProcess({ RESUME_ON_START: 'true' })
  try {
    const repository = await serveRepository(SAMPLE_FILES)
    const opened = Promise.withResolvers<void>()
    repository.server.hold(opened.promise, 'pack')
    const id = await generate(docsfy, repository)
    await repository.server.untilHeld()
    await docsfy.kill()
    repository.server.hold(opened.promise, 'pack')
    await docsfy.start()
    await repository.server.untilHeld()
    expect(await runsOf(docsfy)).toMatchObject([
      { trigger: 'restart', state: 'running' },
      { trigger: 'api', state: 'error', message: 'Server restarted during generation' },
    ])
    // What brings the server down again must not do so for ever.
    await docsfy.kill()
    await docsfy.start()
    const row = (await ask(docsfy, `/api/projects/by-id/${id}`)).json
    expect(row).toMatchObject({ status: 'error', error_message: 'Server restarted during generation' })
    expect(await runsOf(docsfy)).toHaveLength(2)
    opened.resolve()
    await withPerson({ DOCSFY_SERVER: docsfy.url, DOCSFY_API_KEY: docsfy.adminKey }, async (admin) => {
      expect(await admin.json('generate --watch', 'generate', repository.url, '--watch', '--quiet')).toMatchObject({
        status: 'ready',
      })
    })
  } finally {
    await docsfy.remove()
  }
})

/** Asks for the documentation of a repository, and answers its generation id. */
async function generate(docsfy: ServerProcess, repository: ServedRepository): Promise<string> {
  const answer = await ask(docsfy, '/api/generate', { method: 'POST', body: { repo_url: repository.url } })
  expect(answer).toMatchObject({ status: 202 })
  return String((answer.json as { generation_id: string }).generation_id)
}

async function runsOf(docsfy: ServerProcess) {
  const { json } = await ask(docsfy, '/api/projects/sample/main/builtin/static/runs')
  return runsResponseSchema.parse(json).runs
}

function ask({ url, adminKey }: ServerProcess, path: string, sent: Sent = {}) {
  return send(url, path, { ...sent, headers: { authorization: `Bearer ${adminKey}` } })
}
