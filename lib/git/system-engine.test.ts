import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { commitDeltaBomb } from '#lib/testing/delta-bomb.ts'
import { failureOf, fetchLimits, textsOf, withRemoteRepository } from '#lib/testing/remote-repository.ts'
import { chooseEngine } from './choose-engine.ts'
import type { EngineOptions } from './engine.ts'
import { httpEngine } from './http-engine.ts'
import { privateStore } from './store.ts'
import { parseVersion } from './system-git.ts'

const run = promisify(execFile)
const remote = withRemoteRepository('system')
const servers: (Server | TcpServer)[] = []

afterEach(() => {
  vi.unstubAllEnvs()
  for (const server of servers.splice(0)) server.close()
})

function optionsFor(url: string, further: Partial<EngineOptions> = {}): EngineOptions {
  return {
    url,
    credential: null,
    limits: fetchLimits,
    network: { allowedHosts: [], allowPrivateHosts: true, engine: 'system' },
    signal: new AbortController().signal,
    progress: () => {},
    ...further,
  }
}

async function emptyStore(): Promise<string> {
  return String(await privateStore(remote.storeDir, false))
}

/** Listens on loopback and counts who comes. */
async function canary(listener: RequestListener = (_request, response) => response.end()) {
  const server = createServer(listener)
  const seen = { connections: 0, url: '' }
  server.on('connection', () => {
    seen.connections += 1
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  seen.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return seen
}

/** What git does without our hardening: the control that shows each attack works. */
function plainGit(cwd: string, ...args: string[]) {
  return run('git', args, { cwd, env: { PATH: process.env.PATH, HOME: process.env.HOME, ...gitVariables() } as never })
}

function gitVariables() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(GIT_|https?_proxy$)/.test(name)))
}

describe('guards of the system engine, each with a control', () => {
  it('dials the checked address, whatever the name means to the resolver of the system', async () => {
    const trap = await canary()
    const port = Number(new URL(trap.url).port)
    const proxy = createTcpServer((socket) => {
      const onward = connect(Number(new URL(remote.server.url).port), '127.0.0.1')
      socket.pipe(onward).on('error', () => socket.destroy())
      onward.pipe(socket).on('error', () => onward.destroy())
    })
    servers.push(proxy)
    await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.2', resolve))
    const url = `http://localhost:${port}/sample`
    const resolveHost = () => Promise.resolve([{ address: '127.0.0.2', family: 4 }])
    const engine = httpEngine(optionsFor(url, { resolveHost }))
    const folder = await emptyStore()
    expect(await engine.fetchOne(folder, 'refs/heads/main')).toBe(remote.repository.commit)
    expect(trap.connections).toBe(0)
    await plainGit(folder, 'fetch', url).catch(() => null)
    expect(trap.connections).toBeGreaterThan(0)
  })

  it('follows no redirect that comes once git has taken over', async () => {
    const trap = await canary()
    let isRedirecting = false
    const forge = await canary(async (request, response) => {
      if (isRedirecting) return response.writeHead(302, { location: trap.url + request.url }).end()
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => /git-protocol|content-type/.test(name)),
      ) as Record<string, string>
      const body = request.method === 'POST' ? Buffer.concat(chunks) : undefined
      const answer = await fetch(remote.server.url + request.url, { method: request.method, headers, body })
      response.writeHead(answer.status, { 'content-type': String(answer.headers.get('content-type')) })
      response.end(Buffer.from(await answer.arrayBuffer()))
    })
    const engine = httpEngine(optionsFor(`${forge.url}/sample`))
    await engine.listRefs('refs/heads/main')
    const folder = await emptyStore()
    isRedirecting = true
    expect(await failureOf(engine.fetchOne(folder, 'refs/heads/main'))).toMatchObject({ code: null })
    expect(trap.connections).toBe(0)
    await plainGit(folder, '-c', 'http.followRedirects=true', 'fetch', `${forge.url}/sample`).catch(() => null)
    expect(trap.connections).toBeGreaterThan(0)
  })

  it('takes no proxy, configuration or rewriting of addresses from its surroundings', async () => {
    const trap = await canary()
    const home = join(remote.work, 'home')
    await mkdir(home)
    await writeFile(join(home, '.gitconfig'), `[url "${trap.url}/"]\n\tinsteadOf = ${remote.server.url}/\n`)
    vi.stubEnv('HOME', home)
    vi.stubEnv('http_proxy', trap.url)
    vi.stubEnv('GIT_CONFIG_COUNT', '1')
    vi.stubEnv('GIT_CONFIG_KEY_0', 'http.proxy')
    vi.stubEnv('GIT_CONFIG_VALUE_0', trap.url)
    expect(await remote.fetchIt()).toMatchObject({ commit: remote.repository.commit })
    expect(trap.connections).toBe(0)
    await plainGit('/', 'ls-remote', `${remote.server.url}/sample`).catch(() => null)
    expect(trap.connections).toBeGreaterThan(0)
  })

  it('runs no hook, even one that lies in the store', async () => {
    const url = `${remote.server.url}/sample`
    const marker = join(remote.work, 'marker')
    const folder = await emptyStore()
    await mkdir(join(folder, 'hooks'), { recursive: true })
    await writeFile(join(folder, 'hooks', 'reference-transaction'), `#!/bin/sh\ntouch ${marker}\n`)
    await chmod(join(folder, 'hooks', 'reference-transaction'), 0o755)
    await httpEngine(optionsFor(url)).fetchOne(folder, 'refs/heads/main')
    expect(existsSync(marker)).toBe(false)
    await plainGit(folder, 'fetch', url, '+main:refs/x')
    expect(existsSync(marker)).toBe(true)
  })

  it('contacts no submodule', async () => {
    const trap = await canary()
    const { repository } = remote
    await repository.git('update-index', '--add', '--cacheinfo', `160000,${repository.commit},lib`)
    await writeFile(join(repository.path, '.gitmodules'), `[submodule "lib"]\n\tpath = lib\n\turl = ${trap.url}/lib\n`)
    await repository.git('add', '.gitmodules')
    await repository.git('commit', '-q', '-m', 'Submodule')
    expect(Object.keys(await textsOf(await remote.fetchIt()))).toContain('.gitmodules')
    expect(trap.connections).toBe(0)
    const target = join(remote.work, 'clone')
    await plainGit('/', 'clone', '--recurse-submodules', `${remote.server.url}/sample`, target).catch(() => null)
    expect(trap.connections).toBeGreaterThan(0)
  })

  it('takes no more memory than allowed for a few bytes that unpack to hundreds of megabytes', async () => {
    // The control is inside: a git without limits takes the whole of it when the repository is made.
    await commitDeltaBomb(remote.repository, { copies: 34, branch: 'bomb' })
    expect(await failureOf(remote.fetchIt({ branch: 'bomb' }))).toEqual({
      code: 'limit_reached',
      message: expect.stringContaining('more memory'),
    })
  }, 120_000)

  it('refuses objects git calls dangerous, and says how they can be read', async () => {
    const { repository } = remote
    const blob = await repository.git('rev-parse', 'HEAD:README.md')
    await writeFile(
      join(repository.path, 'tree'),
      Buffer.concat([Buffer.from('100644 .git\0'), Buffer.from(blob, 'hex')]),
    )
    const tree = await repository.git('hash-object', '-w', '--literally', '-t', 'tree', 'tree')
    await repository.git('branch', 'evil', await repository.git('commit-tree', '-m', 'Evil', tree))
    const failure = await failureOf(remote.fetchIt({ branch: 'evil' }))
    expect(failure).toMatchObject({
      code: 'repository_unavailable',
      message: expect.stringContaining('GIT_ENGINE=builtin'),
    })
    const folder = await emptyStore()
    await plainGit(folder, 'fetch', '--depth=1', `${remote.server.url}/sample`, '+evil:refs/x')
    expect(await readdir(join(folder, 'refs'))).toContain('x')
  })
})

describe('processes', () => {
  const processesOf = async (id: string) => {
    const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    const texts = await Promise.all(ids.map((pid) => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')))
    return ids.filter((_, i) => texts[i]?.includes(`DOCSFY_RUN=${id}`))
  }

  it.skipIf(!existsSync('/proc/self/environ'))(
    'are gone, all of them, when a fetch is aborted',
    { timeout: 60_000 },
    async () => {
      vi.stubEnv('DOCSFY_RUN', 'abort-test')
      const gate = Promise.withResolvers<void>()
      remote.server.hold(gate.promise, 'mid-pack')
      const controller = new AbortController()
      const failing = failureOf(remote.fetchIt({ signal: controller.signal }))
      await remote.server.untilHeld()
      expect((await processesOf('abort-test')).length).toBeGreaterThan(2)
      controller.abort()
      expect((await failing).code).toBe('aborted')
      await vi.waitFor(async () => expect(await processesOf('abort-test')).toEqual([]), { timeout: 15_000 })
      gate.resolve()
    },
  )

  it.skipIf(!existsSync('/proc/self/environ'))(
    'are gone when the process that fetches is killed',
    { timeout: 60_000 },
    async () => {
      const gate = Promise.withResolvers<void>()
      remote.server.hold(gate.promise, 'mid-pack')
      const code = `
      import { fetchRepository } from ${JSON.stringify(join(import.meta.dirname, 'fetch-repository.ts'))}
      await fetchRepository(${JSON.stringify({
        url: `${remote.server.url}/sample`,
        branch: null,
        storeDir: remote.storeDir,
        limits: fetchLimits,
        network: { allowedHosts: [], allowPrivateHosts: true, engine: 'system' },
      }).slice(0, -1)}, signal: new AbortController().signal, progress() {} })`
      const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
        env: { ...process.env, DOCSFY_RUN: 'kill-test' },
        stdio: 'ignore',
        cwd: import.meta.dirname,
      })
      await remote.server.untilHeld()
      expect((await processesOf('kill-test')).length).toBeGreaterThan(3)
      child.kill('SIGKILL')
      await vi.waitFor(async () => expect(await processesOf('kill-test')).toEqual([]), { timeout: 15_000 })
      gate.resolve()
    },
  )
})

describe('the choice of an engine', () => {
  it('may change from fetch to fetch: both work on the same store', async () => {
    const { repository } = remote
    const lines = Array.from({ length: 400 }, (_, i) => `line ${i} ${(i * 7919) % 1009}`)
    for (const [n, engine] of (['builtin', 'builtin', 'system', 'builtin', 'system', 'system'] as const).entries()) {
      lines[n * 10] = `changed ${n}`
      const commit = await repository.write({ 'long.txt': lines.join('\n') }, `Change ${n}`)
      const opened = await remote.fetchIt({ network: { allowedHosts: [], allowPrivateHosts: true, engine } })
      expect(opened.commit).toBe(commit)
      expect((await textsOf(opened))['long.txt']).toBe(lines.join('\n'))
    }
  })

  it('takes git where it is new enough to be told the address it dials', () => {
    const version = (text: string) => parseVersion(`git version ${text}\n`)
    expect(chooseEngine('auto', version('2.39.5'))).toBe('system')
    expect(chooseEngine('auto', version('3.0.0-rc1'))).toBe('system')
    expect(chooseEngine('auto', version('2.36.9 (Apple Git-139)'))).toBe('builtin')
    expect(chooseEngine('auto', null)).toBe('builtin')
    expect(chooseEngine('builtin', version('2.39.5'))).toBe('builtin')
  })

  it('says what is missing when git is asked for and cannot be used', () => {
    expect(() => chooseEngine('system', null)).toThrow('git is not installed')
    expect(() => chooseEngine('system', { major: 2, minor: 30 })).toThrow('git 2.30 is installed')
  })
})
