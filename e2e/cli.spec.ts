import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { type Person, withPerson } from './run-cli.ts'
import { SAMPLE_FILES } from './sample-files.ts'
import type { ServerProcess } from './server-process.ts'

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000'

test('documentation is generated, followed, listed and shown, by name and by generation ID', async ({
  docsfy,
  serveRepository,
}) => {
  const { url } = await serveRepository(SAMPLE_FILES)
  await asAdmin(docsfy, async (admin) => {
    expect(await admin.ok('list')).toBe('No projects found.\n')
    const followed = await admin.run('generate', url, '--watch')
    expect(followed.stdout).toMatch(
      /^Project: sample\nBranch: main\nStatus: generating\nGeneration ID: [0-9a-f-]{36}\nDocumentation: http:.*\/docs\/sample\/main\/builtin\/static\/\n$/,
    )
    expect(followed.stderr).toMatch(/Cloning repository\n[\s\S]*3 pages planned[\s\S]*Rendering site: done in/)
    expect(followed.stderr).toMatch(/Generation complete! \(\d+ pages\)\n$/)
    expect(followed.code).toBe(0)

    const again = await admin.json('generate --watch', 'generate', url, '--watch', '--quiet')
    expect(again).toMatchObject({ status: 'ready', current_stage: 'up_to_date' })
    await checkReading(admin, again.generation_id)
    await checkSteering(admin)
  })
})

test('a finished site is downloaded and deleted, by name and by generation ID', async ({ docsfy, serveRepository }) => {
  const { url } = await serveRepository(SAMPLE_FILES)
  await asAdmin(docsfy, async (admin) => {
    const made = await admin.json('generate --watch', 'generate', url, '--watch', '--quiet')
    await checkDownloads(admin, made.generation_id)
    await checkDeleting(admin, { id: made.generation_id, url })
  })
})

/** All at once: each is a process of its own, and none changes anything. */
async function checkReading(admin: Person, id: string): Promise<void> {
  const inFull = ['-b', 'main', '-p', 'builtin', '-m', 'static', '--owner', 'admin']
  const [rows, failed, ofNobody, shown, byId, named, models] = await Promise.all([
    admin.json('list', 'list'),
    admin.json('list', 'list', '--status', 'error'),
    admin.json('list', 'list', '--provider', 'nobody'),
    admin.json('status', 'status', 'sample'),
    admin.json('status of one variant', 'status', id),
    admin.json('status of one variant', 'status', 'sample', ...inFull),
    admin.json('models', 'models'),
  ])
  expect(rows).toMatchObject([{ name: 'sample', generation_id: id, owner: 'admin', plan_json: null }])
  expect([failed, ofNobody]).toEqual([[], []])
  expect(shown.variants).toEqual(rows)
  expect(byId.plan_json).toContain('"navigation"')
  expect(named).toMatchObject({ generation_id: id })
  expect(models).toMatchObject({ default_provider: 'builtin' })

  const [table, block, list] = await Promise.all([
    admin.ok('list'),
    admin.ok('status', 'sample'),
    admin.ok('models', '-P', 'builtin'),
  ])
  expect(table).toMatch(
    /^NAME +BRANCH +PROVIDER +MODEL +STATUS +OWNER +PAGES +GEN ID\n[- ]+\nsample +main +builtin +static +ready +admin +\d+ {2}[0-9a-f-]{36}\n$/,
  )
  expect(block).toMatch(
    /^Project: sample\nVariants: 1\n\n {2}main\/builtin\/static\n {4}ID: +[0-9a-f-]{36}\n {4}Status: +ready\n {4}Owner: +admin\n/,
  )
  expect(list).toBe('Provider: builtin (default)\n  static  (default)\n')
}

async function checkSteering(admin: Person): Promise<void> {
  expect(await admin.json('steering', 'steering', 'sample')).toMatchObject({ steering: {}, updated_by: null })
  const file = join(admin.home, 'wishes.yml')
  await writeFile(file, 'tone: calm\nterms:\n  - use: sign in\n    not:\n      - log in\n')
  expect(await admin.ok('steering', 'sample', file)).toBe("Set what is asked of the documentation of 'sample'.\n")
  expect(await admin.ok('steering', 'sample')).toBe(await readFile(file, 'utf8'))
  await writeFile(file, 'tone: lively\ntools: [shell]\n')
  expect(await admin.run('steering', 'sample', file)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Nothing was set: "tools" is no setting; there are audience,'),
  })
  expect(await admin.json('steering', 'steering', 'sample')).toMatchObject({ steering: { tone: 'calm' } })
  expect(await admin.json('steering', 'steering', 'sample', '--off')).toMatchObject({ steering: {} })
}

async function checkDownloads(admin: Person, id: string): Promise<void> {
  expect(await admin.ok('download', 'sample')).toBe(`Downloaded to ${join(admin.home, 'sample-docs.tar.gz')}\n`)
  const saved = await admin.json('download', 'download', id)
  expect(saved).toEqual({
    path: join(admin.home, 'sample-main-builtin-static-docs.tar.gz'),
    files: null,
    removed: null,
  })
  expect((await readFile(saved.path)).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]))
  expect(await admin.ok('download', 'sample', '-b', 'main', '-o', 'out')).toBe('Extracted to out\n')
  expect((await readdir(join(admin.home, 'out'))).length).toBe(1)
  expect(await admin.ok('download', id, '-o', 'flat', '--flatten')).toBe('Extracted and flattened to flat\n')
  expect(await readdir(join(admin.home, 'flat'))).toContain('index.html')
  const document = join(admin.home, 'one', 'sample-main-builtin-static-docs.html')
  expect(await admin.ok('download', id, '--single-file', '-o', 'one')).toBe(`Downloaded to ${document}\n`)
  expect(await readFile(document, 'utf8')).toMatch(/^<!doctype html>[\s\S]*id="overview"[\s\S]*<\/html>\n$/)
  expect((await readdir(admin.home)).filter((name) => name.startsWith('.tmp-'))).toEqual([])
}

async function checkDeleting(admin: Person, { id, url }: { id: string; url: string }): Promise<void> {
  expect(await admin.run('delete', 'sample', '--all', '-y')).toMatchObject({
    code: 1,
    stderr: 'Error: As admin, say whose documentation to delete with --owner NAME\n',
  })
  expect(await admin.ok('delete', id, '--yes')).toBe("Deleted variant 'sample/main/builtin/static'.\n")
  await admin.ok('generate', url, '--watch')
  expect(await admin.ok('delete', 'sample', '--all', '--owner', 'admin', '-y')).toBe(
    "Deleted all variants of 'sample'.\n",
  )
  expect(await admin.run('status', 'sample')).toMatchObject({ code: 1, stdout: '' })
}

test('accounts and access are managed, a user and a viewer get what is theirs, and keys are told once', async ({
  docsfy,
  serveRepository,
}) => {
  const { url } = await serveRepository(SAMPLE_FILES)
  await asAdmin(docsfy, async (admin) => {
    const { api_key: aliceKey } = await admin.json('admin users create', 'admin', 'users', 'create', 'alice')
    const { api_key: bobKey } = await admin.json(
      'admin users create',
      'admin',
      'users',
      'create',
      'bob',
      '-r',
      'viewer',
    )
    expect(await admin.json('admin users list', 'admin', 'users', 'list')).toMatchObject([
      { username: 'alice', role: 'user' },
      { username: 'bob', role: 'viewer' },
    ])
    expect(await admin.ok('admin', 'users', 'list')).toMatch(/^USERNAME +ROLE +CREATED\n[- ]+\nalice +user +2/)

    const alice = admin.with({ DOCSFY_API_KEY: aliceKey })
    const bob = admin.with({ DOCSFY_SERVER: docsfy.url, DOCSFY_API_KEY: bobKey })
    await alice.ok('generate', url, '--watch', '--quiet')
    const { api_key: carolKey } = await admin.json('admin users create', 'admin', 'users', 'create', 'carol')
    await admin.with({ DOCSFY_API_KEY: carolKey }).ok('generate', url, '--watch', '--quiet')
    expect((await admin.run('status', 'sample')).stderr).toBe(
      'Error (409): Several owners have "sample": say whose with --owner NAME\n',
    )
    expect((await admin.json('status', 'status', 'sample', '--owner', 'carol')).variants).toMatchObject([
      { owner: 'carol' },
    ])
    await admin.json('admin users delete', 'admin', 'users', 'delete', 'carol', '-y')
    expect(await bob.json('list', 'list')).toEqual([])
    expect(await bob.run('generate', url)).toMatchObject({
      code: 1,
      stderr: 'Error (403): Viewers may not start generations\n',
    })
    expect((await alice.run('admin', 'users', 'list')).stderr).toMatch(/^Error \(403\): /)

    const place = ['sample', '--owner', 'alice']
    const grant = await admin.json('admin access grant', 'admin', 'access', 'grant', ...place, '--username', 'bob')
    expect(grant).toEqual({ granted: 'sample', username: 'bob', owner: 'alice' })
    expect(await admin.ok('admin', 'access', 'list', ...place)).toBe(
      'Project: sample\nOwner: alice\nUsers with access: bob\n',
    )
    expect(await bob.json('list', 'list')).toMatchObject([{ owner: 'alice' }])
    expect((await bob.run('delete', 'sample', '--all', '-y')).stderr).toMatch(/^Error \(403\): /)
    await admin.json('admin access revoke', 'admin', 'access', 'revoke', ...place, '--username', 'bob')
    expect(await bob.json('list', 'list')).toEqual([])

    const rotated = await admin.run('admin', 'users', 'rotate-key', 'alice')
    expect(rotated.stdout).toMatch(/^User: alice\nNew API Key: docsfy_[\w-]{43}\n$/)
    expect(rotated.stderr).toBe('Save this API key -- it will not be shown again.\n')
    expect(await alice.run('list')).toMatchObject({ code: 1, stdout: '' })
    expect(await admin.ok('admin', 'users', 'delete', 'alice', '-y')).toBe("Deleted user 'alice'.\n")
    expect(await admin.json('list', 'list')).toEqual([])
  })
})

test('what goes wrong is one sentence on stderr, with the status of the server, and an exit code', async ({
  docsfy,
}) => {
  await asAdmin(docsfy, async (admin) => {
    const failures: [string[], string | RegExp][] = [
      [['status', 'nothing'], 'Error (404): There is no documentation "nothing"'],
      [['status', UNKNOWN_ID], /^Error \(404\): /],
      [['abort', 'nothing'], /^Error \(404\): /],
      [['download', 'nothing', '-o', 'x'], /^Error \(404\): /],
      [['delete', UNKNOWN_ID, '-y'], /^Error \(404\): /],
      [['generate', 'ftp://host/name'], /^Error \(400\): /],
      [['generate', 'https://host/name', '--branch=a..b'], 'Error (422): Branch name must not contain ".."'],
      [['generate', 'https://host/name', '--provider', 'nobody'], /^Error \(422\): Unknown provider "nobody"/],
      [['models', '--provider', 'nobody'], /^Error: Unknown provider "nobody"/],
      [['admin', 'users', 'create', 'ADMIN'], 'Error (422): The username "admin" is reserved'],
      [['admin', 'users', 'delete', 'nobody', '-y'], 'Error (404): There is no user "nobody"'],
      [['admin', 'users', 'rotate-key', 'nobody'], 'Error (404): There is no user "nobody"'],
      [['admin', 'access', 'list', 'nothing', '--owner', 'x'], /^Error \(404\): /],
      [['--server', 'nowhere', 'list'], /^Error: There is no server profile "nowhere"/],
      [['-p', 'not-a-key', 'list'], /^Error \(401\): /],
      [
        ['--host', 'localhost', '--port', '1', 'health'],
        'Error: The server at http://localhost:1 does not answer: check the address and that it is running',
      ],
      [['--server', `${docsfy.url}/docs`, 'health'], /^Error \(\d+\): /],
    ]
    await Promise.all(
      failures.map(async ([args, sentence]) => {
        const { code, stdout, stderr } = await admin.run(...args)
        expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }, args.join(' ')).toEqual({
          code: 1,
          stdout: '',
          lines: 1,
        })
        if (typeof sentence === 'string') expect(stderr).toBe(`${sentence}\n`)
        else expect(stderr).toMatch(sentence)
      }),
    )
    const usage = [
      ['nonsense'],
      ['status'],
      ['list', '--status', 'done'],
      ['list', 'surplus'],
      ['list', '--nonsense=secret-value'],
      ['generate', 'https://host/name', '-t', 'poem'],
      ['download', 'x', '--flatten'],
      ['delete', 'x'],
      ['delete', 'x', '--all'],
      ['delete', 'x', '--all', '-b', 'main', '-y'],
      ['admin', 'users', 'create', 'carol', '--role', 'king'],
      ['admin', 'access', 'grant', 'x', '--owner', 'y'],
      ['admin', 'users', 'delete', 'carol'],
      ['completion', 'tcsh'],
      ['--port', '70000', 'health'],
    ]
    await Promise.all(
      usage.map(async (args) => {
        const { code, stdout, stderr } = await admin.run(...args)
        expect({ code, stdout }, args.join(' ')).toEqual({ code: 2, stdout: '' })
        expect(stderr).toMatch(/^Error: /)
        expect(stderr).not.toContain('secret-value')
      }),
    )
  })
})

/** An admin whose only profile is this server; nothing else in the environment. */
async function asAdmin(docsfy: ServerProcess, work: (admin: Person) => Promise<void>): Promise<void> {
  await withPerson({}, async (admin) => {
    await admin.ok('-p', docsfy.adminKey, '-u', 'admin', 'config', 'init', '--profile', 'test', '--url', docsfy.url)
    expect(await admin.json('health', 'health')).toEqual({ server: docsfy.url, status: 'ok' })
    await work(admin)
  })
}
