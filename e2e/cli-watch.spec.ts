import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from '@playwright/test'
import { variantHref } from '#lib/domain/deep-link.ts'
import { endCommands, waitForOutput } from './command.ts'
import { type ServedRepository, test } from './fixtures.ts'
import { type Person, withPerson } from './run-cli.ts'
import { SAMPLE_FILES } from './sample-files.ts'

test.afterEach(endCommands)

test('abort ends what is watched, Ctrl-C only the watching, and a key that stops being valid ends it, too', async ({
  docsfy,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  await withPerson({ DOCSFY_SERVER: docsfy.url, DOCSFY_API_KEY: docsfy.adminKey }, async (admin) => {
    const held = hold(repository)
    const aborted = await watching(admin, repository)
    expect((await admin.json('list', 'list', '--status', 'generating')).length).toBe(1)
    expect((await admin.run('generate', repository.url)).stderr).toMatch(/^Error \(409\): .*already being generated\n$/)
    expect((await admin.run('delete', 'sample', '--all', '--owner', 'admin', '-y')).stderr).toMatch(/^Error \(409\): /)
    expect(await admin.ok('abort', 'sample')).toBe("Aborted generation for 'sample/main/builtin/static'.\n")
    expect(await aborted.ended).toEqual({ code: 1, signal: null })
    expect(aborted.output()).toMatch(/Error: Generation aborted by user\n$/)
    expect(await admin.run('abort', 'sample')).toMatchObject({ code: 1, stdout: '' })

    const left = await watching(admin, repository)
    left.child.kill('SIGINT')
    expect(await left.ended).toEqual({ code: 130, signal: null })
    expect(left.output()).toMatch(/The generation goes on; to end it: docsfy abort [0-9a-f-]{36}\n/)
    expect(await admin.json('list', 'list', '--status', 'generating')).toMatchObject([{ name: 'sample' }])
    expect(await admin.json('abort', 'abort', 'sample', '--all')).toEqual([{ aborted: 'sample/main/builtin/static' }])

    const { api_key } = await admin.json('admin users create', 'admin', 'users', 'create', 'alice')
    const locked = await watching(admin.with({ DOCSFY_API_KEY: api_key }), repository)
    await admin.ok('admin', 'users', 'rotate-key', 'alice', '--json')
    expect(await locked.ended).toEqual({ code: 1, signal: null })
    expect(locked.output()).toMatch(/Error \(401\): The server does not accept this key any more\n$/)
    held.resolve()
  })
})

test('whoever waits for a turn is told how many are ahead, in terminal and dashboard, until the turn comes', async ({
  docsfy,
  serveRepository,
  dashboard,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  for (const branch of ['two', 'three']) await repository.git('branch', branch)
  await withPerson({ DOCSFY_SERVER: docsfy.url, DOCSFY_API_KEY: docsfy.adminKey }, async (admin) => {
    const held = hold(repository)
    await watching(admin, repository)
    await watching(admin, { url: repository.url, branch: 'two', sign: 'Waiting: next in line\n' })
    const third = await watching(admin, { url: repository.url, branch: 'three', sign: 'Waiting: 1 ahead\n' })
    const waiting = { owner: 'admin', name: 'sample', branch: 'three', provider: 'builtin', model: 'static' }
    await dashboard.goto(`${docsfy.url}${variantHref(waiting)}`)
    await expect(dashboard.getByText('Waiting: 1 ahead')).toBeVisible()
    await admin.ok('abort', 'sample', '-b', 'two')
    await expect(dashboard.getByText('Waiting: next in line')).toBeVisible()
    await waitForOutput(third, (output) => output.includes('Waiting: 1 ahead\nWaiting: next in line\n'))
    held.resolve()
    expect(await third.ended).toEqual({ code: 0, signal: null })
    expect(third.output()).toMatch(/Waiting: next in line\nCloning repository\n[\s\S]*Generation complete!/)
  })
})

test('without the live feed --watch polls, and tells the same to the end', async ({ docsfy, serveRepository }) => {
  const repository = await serveRepository(SAMPLE_FILES)
  const proxy = await withoutUpgrades(docsfy.url)
  await withPerson({ DOCSFY_SERVER: addressOf(proxy), DOCSFY_API_KEY: docsfy.adminKey }, async (admin) => {
    const held = hold(repository)
    const watched = await watching(admin, { url: repository.url, sign: 'The live feed is interrupted' })
    held.resolve()
    expect(await watched.ended).toEqual({ code: 0, signal: null })
    expect(watched.output()).toMatch(
      /Rendering site: done in[\s\S]*Generation complete! \(\d+ pages\)\nDocumentation: /,
    )
  })
  proxy.close()
  proxy.closeAllConnections()
})

test('a server that dies and comes back while it is watched is reported as what it is', async ({
  docsfy,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  await withPerson({ DOCSFY_SERVER: docsfy.url, DOCSFY_API_KEY: docsfy.adminKey }, async (admin) => {
    const held = hold(repository)
    const watched = await watching(admin, repository)
    await docsfy.kill()
    await docsfy.start()
    expect(await watched.ended).toEqual({ code: 1, signal: null })
    expect(watched.output()).toMatch(/Error: Server restarted during generation\n$/)
    held.resolve()
  })
})

/** Keeps every generation of the repository in its first stage until it is resolved. */
function hold({ server }: ServedRepository): PromiseWithResolvers<void> {
  const held = Promise.withResolvers<void>()
  server.hold(held.promise)
  return held
}

interface Watched {
  url: string
  branch?: string
  /** What is waited for in its output. */
  sign?: string
}

async function watching(person: Person, { url, branch = 'main', sign = 'Cloning repository' }: Watched) {
  const command = person.start('generate', url, '-b', branch, '--watch')
  await waitForOutput(command, (output) => output.includes(sign) || null)
  return command
}

/** The server as seen through a proxy that knows nothing of WebSockets. */
async function withoutUpgrades(url: string): Promise<Server> {
  const proxy = createServer((incoming, response) => {
    const { method, headers } = incoming
    const outgoing = request(`${url}${incoming.url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    outgoing.on('error', () => response.destroy())
    incoming.pipe(outgoing)
  })
  proxy.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'))
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return proxy
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
