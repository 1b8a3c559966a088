import { chmod, lstat, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isReadableByOthers, profileNamed, profileNames, readProfiles, withProfile, writeProfiles } from './profiles.ts'

/** As docsfy 1.7 documents and writes it. */
const EARLIER = `# comment
[default]
server = "dev"

[servers.dev]
url = "http://localhost:8000"
username = "admin"
password = "<your-dev-key>"

[servers.prod]
url = "https://docsfy.example.com"
username = "admin"
password = "<your-prod-key>"
verify_tls = true
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
  expect(profileNames(file)).toEqual(['dev', 'prod'])
  expect(profileNamed(file, 'dev')).toMatchObject({ url: 'http://localhost:8000', password: '<your-dev-key>' })
  await writeProfiles(path, withProfile(file ?? {}, 'prod', { url: 'https://new.example.com/docsfy/' }))
  const again = await readProfiles(path)
  expect(again?.default).toEqual({ server: 'dev' })
  expect(again?.servers?.prod).toEqual({
    url: 'https://new.example.com/docsfy',
    username: 'admin',
    password: '<your-prod-key>',
    verify_tls: true,
  })
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
  await writeFile(path, '[servers.dev]\npassword = 12345678\n')
  const wrong = await readProfiles(path).catch(String)
  expect(wrong).toMatch(/at "servers\.dev\.password"/)
  expect(wrong).not.toContain('12345678')
})

it('refuses names and addresses that cannot work, and finds nothing under the names every object has', () => {
  for (const name of ['', '__proto__', 'a b', 'a\nb', '-x'])
    expect(() => withProfile({}, name, {})).toThrow(/cannot be the name of a profile/)
  for (const url of ['', 'localhost:8000', 'ftp://x', 'https://user:pass@host', 'https://host/?token=x'])
    expect(() => withProfile({}, 'dev', { url })).toThrow(/address of a server/)
  expect(profileNamed({}, 'constructor')).toBeNull()
})
