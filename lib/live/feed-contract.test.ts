import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { applyFrame } from '#lib/domain/apply-frame.ts'
import { startLiveFeed } from '#lib/domain/live-feed.ts'
import type { VariantRow } from '#lib/domain/variant.ts'
import { replaceRows } from '#lib/domain/variant-list.ts'
import { abortActiveRun, enqueueRun } from '#lib/jobs/queue.ts'
import { grantAccess, revokeAccess } from '#lib/services/access/manage.ts'
import { listProjects } from '#lib/services/variants/list.ts'
import { removeVariant } from '#lib/services/variants/remove.ts'
import { type Account, adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { bearer, withLiveServer } from '#lib/testing/live-server.ts'
import { startInput } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData()
const server = withLiveServer()

/** The live client of browser and terminal, on a real socket, with the list of the API to poll. */
function follow({ key, principal }: Account) {
  let rows: readonly VariantRow[] = []
  const feed = startLiveFeed({
    openSocket(since, handlers) {
      const query = since === null ? '' : `?since=${since}`
      const socket = new WebSocket(`ws://${server.base}/api/ws${query}`, { headers: bearer(key) })
      socket.on('open', handlers.opened)
      socket.on('message', (data) => handlers.message(String(data)))
      socket.on('close', handlers.closed)
      socket.on('error', () => undefined)
      return { send: (text) => socket.send(text), close: () => socket.close(1000) }
    },
    fetchProjects: () => listProjects(principal),
    onFrame(frame) {
      const applied = applyFrame(rows, frame)
      rows = applied.rows
      return applied.refetch
    },
    onProjects: (list) => {
      rows = replaceRows(rows, list.projects)
    },
    onConnection: () => undefined,
    onSessionEnded: () => undefined,
    isSessionOver: () => false,
  })
  return { ...feed, rows: () => rows }
}

it('leaves every client with exactly the list of the API, whatever happens while they watch', {
  timeout: 60_000,
}, async () => {
  const admin = await adminPrincipal()
  const accounts = [await makeAccount('ann'), await makeAccount('bob'), await makeAccount('eve')]
  const clients = accounts.map(follow)
  const expectInStep = async () =>
    expect
      .poll(() => clients.map((client) => client.rows()), { timeout: 15_000 })
      .toEqual(await Promise.all(accounts.map(async ({ principal }) => (await listProjects(principal)).projects)))
  const identity = { owner: 'ann', name: 'lib', branch: 'main', provider: 'builtin', model: 'static' }
  const other = await enqueueRun(startInput('bob', 'tool'))
  const started = await enqueueRun(startInput('ann', 'lib'))
  await grantAccess(admin, { name: 'lib', username: 'eve' })
  await abortActiveRun(started?.variantId ?? '', identity)
  await expectInStep()
  await enqueueRun(startInput('ann', 'lib', { force: true }))
  await revokeAccess(admin, { name: 'lib', username: 'eve' })
  await abortActiveRun(started?.variantId ?? '', identity)
  await expectInStep()
  server.restart()
  await removeVariant(accounts[0]?.principal ?? admin, { ...identity, owner: undefined })
  await abortActiveRun(other?.variantId ?? '', { ...identity, owner: 'bob', name: 'tool' })
  await expectInStep()
  expect(clients.map((client) => client.rows().map((row) => row.name))).toEqual([[], ['tool'], []])
  for (const client of clients) client.stop()
})
