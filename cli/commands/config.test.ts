import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'

const KEY = 'docsfy_the-key-of-the-tests'

/** Shared by the tests, so that only the first command has to be compiled. */
let cache = ''
let home = ''
let path = ''

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'docsfy-config-cache-'))
})
afterAll(() => rm(cache, { recursive: true, force: true }))
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'docsfy-config-'))
  path = join(home, '.config', 'docsfy', 'config.toml')
})
afterEach(() => rm(home, { recursive: true, force: true }))

interface Surroundings {
  input?: string
  env?: Record<string, string>
}

function docsfy(args: string[], { input = '', env = {} }: Surroundings = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/docsfy.mjs', ...args], {
    encoding: 'utf8',
    input,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', HOME: home, XDG_CACHE_HOME: cache, ...env },
  })
  return { code: status, stdout, stderr }
}

it('makes a profile from options and standard input, readable by its owner alone, and shows it without the key', async () => {
  const init = docsfy(['-u', 'alice', 'config', 'init', '--profile', 'dev', '--url', 'http://localhost:8000/'], {
    input: `${KEY}\n`,
  })
  expect(init).toEqual({ code: 0, stdout: `Profile 'dev' saved to ${path}\n`, stderr: '' })
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700)
  const text = await readFile(path, 'utf8')
  expect(text).toContain('[default]\nserver = "dev"')
  expect(text).toContain(`[servers.dev]\nurl = "http://localhost:8000"\nusername = "alice"\npassword = "${KEY}"`)

  const shown = docsfy(['config', 'show'])
  expect(shown.stdout).toBe(
    `Config file: ${path}\nDefault server: dev\n\n[dev] (default)\n  URL:      http://localhost:8000\n  Username: alice\n  Password: ***\n`,
  )
  const json = docsfy(['config', 'show', '--json'])
  expect(JSON.parse(json.stdout).servers.dev).toEqual({
    url: 'http://localhost:8000',
    username: 'alice',
    has_password: true,
  })
  for (const { stdout, stderr } of [init, shown, json]) expect(stdout + stderr).not.toContain(KEY)
})

it('sets single values, also without a file, and takes a key from standard input', async () => {
  expect(docsfy(['config', 'set', 'servers.prod.url', 'https://docs.example.com'])).toMatchObject({ code: 0 })
  expect(docsfy(['config', 'set', 'servers.prod.password'], { input: KEY })).toEqual({
    code: 0,
    stdout: 'Updated servers.prod.password\n',
    stderr: '',
  })
  expect(docsfy(['config', 'set', 'default.server', 'prod'])).toMatchObject({ code: 0, stderr: '' })
  expect(docsfy(['config', 'set', 'default.server', 'later']).stderr).toMatch(/^Warning: there is no profile "later"/)
  expect(await readFile(path, 'utf8')).toContain(`password = "${KEY}"`)
})

it('changes of a profile what is given and keeps the rest; scripts get the names alone', async () => {
  expect(docsfy(['config', 'show', '--names'])).toMatchObject({ code: 1, stdout: '' })
  const url = ['--url', 'https://docs.example.com']
  docsfy(['-u', 'alice', 'config', 'init', '--profile', 'prod', ...url], { input: KEY })
  docsfy(['config', 'init', '--profile', 'prod', '--url', 'https://new.example.com'])
  docsfy(['config', 'init', '--profile', 'dev', ...url])
  expect(await readFile(path, 'utf8')).toContain(
    `[servers.prod]\nurl = "https://new.example.com"\nusername = "alice"\npassword = "${KEY}"\n`,
  )
  expect(docsfy(['config', 'show', '--names'])).toEqual({ code: 0, stdout: 'prod\ndev\n', stderr: '' })
})

it('honours XDG_CONFIG_HOME, and without a file there uses the one that docsfy 1.7 has left in ~/.config', async () => {
  const env = { XDG_CONFIG_HOME: join(home, 'elsewhere') }
  expect(docsfy(['config', 'set', 'servers.a.b.url', 'https://docs.example.com'], { env })).toMatchObject({ code: 0 })
  expect(await readFile(join(home, 'elsewhere', 'docsfy', 'config.toml'), 'utf8')).toContain('[servers."a.b"]')

  docsfy(['config', 'set', 'servers.old.url', 'https://docs.example.com'])
  expect(docsfy(['config', 'show'], { env: { XDG_CONFIG_HOME: join(home, 'nothing') } }).stdout).toContain('[old]')
  expect(docsfy(['config', 'show'], { env }).stdout).not.toContain('[old]')
})

it('refuses what cannot be set, and asks nobody where nobody is', () => {
  expect(docsfy(['config', 'show'])).toMatchObject({ code: 1, stdout: '' })
  expect(docsfy(['config', 'init'])).toMatchObject({ code: 2, stdout: '' })
  for (const key of ['servers.dev', 'servers.dev.token', 'default.port', 'other.server', '__proto__.x.url'])
    expect(docsfy(['config', 'set', key, 'x']), key).toMatchObject({ code: 1, stdout: '' })
  expect(docsfy(['config', 'set', 'servers.dev.url', 'nonsense']).stderr).toMatch(
    /^Error: "nonsense" is not the address/,
  )
  expect(docsfy(['config', 'set', 'servers.dev.password'])).toMatchObject({ code: 1, stdout: '' })
  const surplus = docsfy(['config', 'set', 'servers.dev.password', 'x', KEY])
  expect(surplus).toMatchObject({ code: 2, stdout: '' })
  expect(surplus.stderr).not.toContain(KEY)
})
