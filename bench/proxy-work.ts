import { createHmac } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { serveGit } from '#lib/testing/git-http-server.ts'
import type { RunningProxy } from '#lib/testing/reverse-proxy.ts'
import { createTempRepository } from '#lib/testing/temp-repository.ts'
import type { ServerProcess } from '../e2e/server-process.ts'
import { type Received, send } from './proxy-request.ts'

/** More than nginx takes by default, as a push of many commits is. */
const LARGE_PUSH_BYTES = 2_000_000
const POLL_MS = 300
const VARIANT = '/api/projects/sample/main/builtin/static'

/** What takes long or is large, through a proxy: an estimate, a generation, its download, and push hooks. */
export async function checkWork(proxy: RunningProxy, server: ServerProcess): Promise<[what: string, holds: boolean][]> {
  const repository = await createTempRepository({
    files: { 'README.md': '# Sample\n', 'a.ts': 'export const a = 1\n' },
  })
  const git = await serveGit(repository.root)
  const headers = { authorization: `Bearer ${server.adminKey}` }
  const ask = (path: string, body?: unknown) => send(proxy.host, path, { headers, body })
  try {
    const wanted = { repo_url: `${git.url}/sample`, branch: 'main' }
    const late = Promise.withResolvers<void>()
    git.hold(late.promise)
    const statuses: number[] = []
    let estimate: Received
    do {
      estimate = await ask('/api/estimate', wanted)
      statuses.push(estimate.status)
      if (statuses.length === 2) late.resolve()
    } while (estimate.status === 202)
    await ask('/api/generate', wanted)
    const row = await untilEnd(() => ask(VARIANT))
    const download = await ask(`${VARIANT}/download`)
    return [
      ['an estimate of a repository that answers late', estimate.status === 200 && statuses[1] === 202],
      ['a generation and its download', row.status === 'ready' && gunzipSync(download.body).length > LEAST_BYTES],
      ...(await checkHooks(proxy, ask)),
    ]
  } finally {
    await git.close()
    await repository.remove()
  }
}

const LEAST_BYTES = 10_000

async function untilEnd(ask: () => Promise<Received>): Promise<{ status: string }> {
  for (;;) {
    const row = JSON.parse(String((await ask()).body)) as { status: string }
    if (row.status !== 'generating') return row
    await wait(POLL_MS)
  }
}

async function checkHooks(
  proxy: RunningProxy,
  ask: (path: string, body: unknown) => Promise<Received>,
): Promise<[string, boolean][]> {
  const created = await ask('/api/projects/sample/hook', { needs_signature: true })
  const { path, secret } = JSON.parse(String(created.body)) as { path: string; secret: string }
  const push = JSON.stringify({ branch: 'main', commits: 'x'.repeat(LARGE_PUSH_BYTES) })
  const signature = `sha256=${createHmac('sha256', secret).update(push).digest('hex')}`
  const signed = await send(proxy.host, path, { headers: { 'x-hub-signature-256': signature }, body: push })
  const unsigned = await send(proxy.host, path, { headers: {}, body: push })
  return [
    ['a large push with its signature is taken', signed.status === 202],
    ['one without is refused', unsigned.status === 403],
    ['no token of a hook in a log', !(await proxy.written()).includes(path.split('/').at(-1) ?? path)],
  ]
}
