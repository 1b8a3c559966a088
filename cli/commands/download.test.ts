import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

const MAIN = resolve('bin/docsfy.mjs')

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docsfy-download-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const STALLS: [when: string, begin: (response: ServerResponse) => void, args: string[]][] = [
  ['before the server answers', () => {}, []],
  ['while an archive is saved', begin, []],
  ['while an archive is extracted', begin, ['-o', 'site']],
]

function begin(response: ServerResponse): void {
  response
    .writeHead(200, { 'content-type': 'application/gzip' })
    .write(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]))
}

it.each(STALLS)('Ctrl-C %s ends a download with 130 and leaves no file', async (_when, answer, args) => {
  const server = createServer((_request, response) => answer(response)).listen(0, '127.0.0.1')
  const asked = once(server, 'request')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const child = spawn(process.execPath, [MAIN, 'download', 'sample', ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', HOME: folder, DOCSFY_SERVER: url, DOCSFY_API_KEY: 'key' },
  })
  let told = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    told += text
  })
  await asked
  child.kill('SIGINT')
  expect(await once(child, 'close')).toEqual([130, null])
  expect(told).toBe('Stopping\nError: The download was stopped\n')
  const left = await readdir(folder, { recursive: true, withFileTypes: true })
  expect(left.filter((one) => one.isFile() && !one.parentPath.includes('.cache')).map(({ name }) => name)).toEqual([])
  server.close()
  server.closeAllConnections()
})
