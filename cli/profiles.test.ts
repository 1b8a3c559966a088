import { chmod, lstat, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isReadableByOthers, profileNamed, profileNames, readProfiles, withProfile, writeProfiles } from './profiles.ts'

/** As docsfy 1.7 documents it and as its own writer leaves it, edited by hand here and there. */
const EARLIER = `# my servers
[default]
server = "dev" # the usual one
color = "auto"

[servers.dev]
url = "http://localhost:8000"
username = "admin"
password = "<your-dev-key>"

[servers.prod]
url = "https://docsfy.example.com"
username = "admin"
password = "<your-prod-key>"
verify_tls = true
timeout = 30.0
retries = 9007199254740993
added = 2024-05-06T07:08:09Z
tags = ["a", "b"]

  [servers."with.dot"]   # oddly indented
  url='https://docs.example.org/base/'\t
  password = '''a "b" \\c'''

[servers.empty]

[servers.nested.inner]
url = "http://inner"
`

let folder = ''
let path = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docsfy-profiles-'))
  path = join(folder, 'config', 'docsfy', 'config.toml')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function modeOf(place: string): Promise<string> {
  return ((await stat(place)).mode & 0o777).toString(8)
}

it('reads the file of an earlier version, and keeps what it does not know when it writes', async () => {
  path = join(folder, 'config.toml')
  await writeFile(path, EARLIER)
  const file = await readProfiles(path)
  expect(profileNames(file)).toEqual(['dev', 'prod', 'with.dot', 'empty', 'nested'])
  expect(profileNamed(file, 'with.dot')).toEqual({ url: 'https://docs.example.org/base/', password: 'a "b" \\c' })
  expect(profileNamed(file, 'dev')).toMatchObject({ url: 'http://localhost:8000', password: '<your-dev-key>' })
  await writeProfiles(path, withProfile(file ?? {}, 'prod', { url: 'https://new.example.com/docsfy/' }))
  expect(await readProfiles(path)).toEqual({
    ...file,
    servers: { ...file?.servers, prod: { ...file?.servers?.prod, url: 'https://new.example.com/docsfy' } },
  })
  const text = await readFile(path, 'utf8')
  for (const line of [
    'timeout = 30.0',
    'retries = 9007199254740993',
    'added = 2024-05-06T07:08:09.000Z',
    'verify_tls = true',
  ])
    expect(text).toContain(`\n${line}\n`)
  expect(await modeOf(path)).toBe('600')
})

it('writes for this user alone: file 0600 in a folder 0700, also over a file that was open to others', async () => {
  await writeProfiles(path, withProfile({}, 'dev', { url: 'http://localhost:8000', password: 'key' }))
  expect([await modeOf(path), await modeOf(join(path, '..'))]).toEqual(['600', '700'])
  expect(await isReadableByOthers(path)).toBe(false)
  await chmod(path, 0o644)
  expect(await isReadableByOthers(path)).toBe(true)
  await writeProfiles(path, {})
  expect(await modeOf(path)).toBe('600')
})

it('writes through a link, so that a file kept elsewhere stays in use', async () => {
  await writeProfiles(path, {})
  const kept = join(folder, 'kept.toml')
  await writeFile(kept, '')
  await rm(path)
  await symlink(kept, path)
  await writeProfiles(path, withProfile({}, 'dev', { url: 'http://localhost:8000' }))
  expect((await lstat(path)).isSymbolicLink()).toBe(true)
  expect(await readFile(kept, 'utf8')).toContain('localhost')
  expect(await modeOf(kept)).toBe('600')
})

it('says what is wrong with a file, and never repeats a key', async () => {
  path = join(folder, 'config.toml')
  expect(await readProfiles(path)).toBeNull()
  await writeFile(path, '[servers.dev]\npassword = "top-secret"\nurl = \n')
  const torn = await readProfiles(path).catch(String)
  expect(torn).toMatch(/config\.toml is not valid TOML/)
  expect(torn).not.toContain('top-secret')
  const wrongs: [text: string, sentence: string][] = [
    ['[servers.dev]\npassword = 12345678\n', '"servers.dev.password" has to be text in quotes'],
    ['[default]\nserver = ["12345678"]\n', '"default.server" has to be text in quotes'],
    ['default = "12345678"\n', '"default" has to be a table'],
    ['servers = 12345678\n', '"servers" has to be a table'],
    ['[servers]\ndev = "12345678"\n', '"servers.dev" has to be a table'],
  ]
  for (const [text, sentence] of wrongs) {
    await writeFile(path, text)
    const wrong = await readProfiles(path).catch(String)
    expect(wrong).toContain(`${path} cannot be used: ${sentence}`)
    expect(wrong).not.toContain('12345678')
  }
})

it('takes what 1.7 takes: Windows line ends, no default, no profile at all, nothing', async () => {
  path = join(folder, 'config.toml')
  const texts = [
    '[servers.dev]\r\nurl = "http://localhost:8000"\r\n',
    '[default]\nserver = "gone"\n',
    '# nothing\n',
    '',
  ]
  const names = []
  for (const text of texts) {
    await writeFile(path, text)
    names.push(profileNames(await readProfiles(path)))
  }
  expect(names).toEqual([['dev'], [], [], []])
})

it('refuses names and addresses that cannot work, and finds nothing under the names every object has', () => {
  for (const name of ['', '__proto__', 'a b', 'a\nb', '-x'])
    expect(() => withProfile({}, name, {})).toThrow(/cannot be the name of a profile/)
  for (const url of ['', 'localhost:8000', 'ftp://x', 'https://user:pass@host', 'https://host/?token=x'])
    expect(() => withProfile({}, 'dev', { url })).toThrow(/address of a server/)
  expect(profileNamed({}, 'constructor')).toBeNull()
})
