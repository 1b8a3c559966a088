import { expect } from '@playwright/test'
import { WebSocket } from 'ws'
import { eventsOf, type ServerFrame, serverFrameSchema } from '#lib/domain/frames.ts'
import { test } from './fixtures.ts'
import { SAMPLE_FILES } from './sample-files.ts'
import type { ServerProcess } from './server-process.ts'

/** A client that keeps every frame, known to this version or not. */
function follow({ url, adminKey }: ServerProcess, query = '', headers = { authorization: `Bearer ${adminKey}` }) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/ws${query}`, { headers })
  const frames: ServerFrame[] = []
  socket.on('message', (data) => frames.push(serverFrameSchema.parse(JSON.parse(String(data)))))
  const opened = new Promise<void>((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('unexpected-response', (_, response) => reject(new Error(String(response.statusCode))))
    socket.on('error', reject)
  })
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  return { socket, frames, opened, closed }
}

const types = (frames: ServerFrame[]) => frames.map(({ type }) => type)

async function generate({ url, adminKey }: ServerProcess, repository: string): Promise<void> {
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ repo_url: repository })
  const answer = await fetch(`${url}/api/generate`, { method: 'POST', headers, body })
  expect(answer.status).toBe(202)
}

test('a run is told from its first stage to its end, without gaps, after pages were served', async ({
  docsfy,
  page,
  serveRepository,
}) => {
  await page.goto(`${docsfy.url}/login`)
  const { url } = await serveRepository(SAMPLE_FILES)
  const client = follow(docsfy)
  await client.opened
  await expect.poll(() => types(client.frames)).toEqual(['sync'])
  await generate(docsfy, url)
  await expect.poll(() => types(client.frames).slice(-2)).toEqual(['status_change', 'sync'])
  const told = client.frames.slice(0, -1).flatMap((frame) => ('seq' in frame ? [frame.seq] : []))
  expect(told).toEqual(told.map((_, index) => (told[0] ?? 0) + index))
  const events = client.frames.flatMap((frame) => (frame.type === 'progress' ? eventsOf(frame) : []))
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expect(client.frames.at(-2)).toMatchObject({ type: 'status_change', status: 'ready' })
  expect(client.frames.at(-1)).toMatchObject({ projects: [{ status: 'ready' }] })
  client.socket.close()
})

test('a stop of the server closes its sockets, and who comes back after a restart gets the list', async ({
  docsfy,
}) => {
  const client = follow(docsfy)
  await client.opened
  await expect.poll(() => types(client.frames)).toEqual(['sync'])
  const [sync] = client.frames
  await docsfy.stop()
  expect(await client.closed).toBe(1001)
  await docsfy.start()
  const back = follow(docsfy, `?since=${sync && 'seq' in sync ? sync.seq : 0}`)
  await back.opened
  await expect.poll(() => types(back.frames)).toEqual(['sync'])
  back.socket.close()
})

test('after a power cut in the middle of a run, who comes back gets the list and reads the log on where it stopped', async ({
  docsfy,
  serveRepository,
}) => {
  const { url, server } = await serveRepository(SAMPLE_FILES)
  server.hold(Promise.withResolvers<void>().promise, 'pack')
  const client = follow(docsfy)
  await client.opened
  await generate(docsfy, url)
  const told = () => client.frames.flatMap((frame) => (frame.type === 'progress' ? eventsOf(frame) : []))
  await expect.poll(() => told().length).toBeGreaterThan(0)
  const run = client.frames.find((frame) => frame.type === 'progress')
  const since = Math.max(...client.frames.map((frame) => ('seq' in frame ? frame.seq : 0)))
  await docsfy.kill()
  await client.closed
  await docsfy.start()
  const back = follow(docsfy, `?since=${since}`)
  await back.opened
  await expect.poll(() => types(back.frames)).toEqual(['sync'])
  expect(back.frames[0]).toMatchObject({ projects: [{ status: 'error', run_id: run?.run_id }] })
  const log = `${docsfy.url}/api/projects/sample/main/builtin/static/runs/${run?.run_id}/events`
  const headers = { authorization: `Bearer ${docsfy.adminKey}` }
  const read = async (after: number) => (await (await fetch(`${log}?after=${after}`, { headers })).json()).events
  const [all, known] = [await read(0), told().length]
  expect(all.slice(0, known)).toEqual(told())
  expect(await read(known)).toEqual(all.slice(known))
  expect(all.at(-1).event).toMatchObject({ kind: 'finished', status: 'error' })
  back.socket.close()
})

test('a key in the address opens the feed and is in no log', async ({ docsfy }) => {
  const query = `?token=${docsfy.adminKey}`
  const client = follow(docsfy, query, { authorization: '' })
  await client.opened
  await expect.poll(() => types(client.frames)).toEqual(['sync'])
  await fetch(`${docsfy.url}/api/ws${query}`)
  await expect(follow(docsfy, `${query}x`, { authorization: '' }).opened).rejects.toThrow('401')
  client.socket.close()
  const output = docsfy.output()
  expect(output).not.toBe('')
  expect(output).not.toContain(docsfy.adminKey)
})
