import { expect } from '@playwright/test'
import { endCommands } from './command.ts'
import { test } from './fixtures.ts'
import { withPerson } from './run-cli.ts'
import { SAMPLE_FILES } from './sample-files.ts'

test.afterEach(endCommands)

test('a plan of a server tells what a generation there would write, by address, name and generation ID', async ({
  docsfy,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  await withPerson({ DOCSFY_SERVER: docsfy.url, DOCSFY_API_KEY: docsfy.adminKey }, async (admin) => {
    const first = await admin.ok('plan', repository.url, '--on-server')
    expect(first).toMatch(
      /^sample @ main \([0-9a-f]{8}\), builtin\/static, \d+ pages\nEvery page is written: there are no/,
    )
    expect(first).toContain('builtin needs no tokens, $0.00\n')
    expect(await admin.ok('list')).toBe('No projects found.\n')

    const made = await admin.json('generate --watch', 'generate', repository.url, '--watch', '--quiet')
    expect(await admin.ok('plan', 'sample', '--on-server')).toContain('Documentation is already up to date.\n')
    const upToDate = await admin.json('plan on a server', '--server', docsfy.url, 'plan', 'sample')
    expect(upToDate).toMatchObject({ up_to_date: true, site: null, server: docsfy.url, update: { pages: [] } })
    expect(upToDate.navigation.flatMap(({ pages }) => pages).length).toBe(upToDate.total_pages)

    const [path = ''] = Object.keys(SAMPLE_FILES).filter((name) => name.endsWith('.ts'))
    const moved = 'export function newlyMade(wide: boolean): boolean {\n  return wide\n}\n'
    const commit = await repository.write({ [path]: `${SAMPLE_FILES[path]}\n/** New. */\n${moved}` }, 'A change')
    const report = await admin.json('plan on a server', 'plan', made.generation_id, '--server', docsfy.url)
    expect(report).toMatchObject({ name: 'sample', branch: 'main', commit, up_to_date: false })
    expect(report.update).toMatchObject({ kind: 'incremental', from_commit: made.last_commit_sha, to_commit: commit })
    expect(JSON.stringify(report.update.pages)).toContain('newlyMade')
    expect(await admin.json('status of one variant', 'status', made.generation_id)).toEqual(made)

    const { api_key } = await admin.json('admin users create', 'admin', 'users', 'create', 'alice')
    await admin.ok('admin', 'access', 'grant', 'sample', '--username', 'alice', '--owner', 'admin')
    const ofAnother = await admin.with({ DOCSFY_API_KEY: api_key }).run('plan', 'sample', '--on-server', '--quiet')
    expect(ofAnother).toMatchObject({ code: 0, stderr: expect.stringContaining('belongs to admin') })
    expect(ofAnother.stdout).toContain('Every page is written')
  })
})

test('Ctrl-C ends a plan on the server, too; until then its user has no other one made', async ({
  docsfy,
  serveRepository,
}) => {
  const { url, server } = await serveRepository(SAMPLE_FILES)
  await withPerson({ DOCSFY_SERVER: docsfy.url, DOCSFY_API_KEY: docsfy.adminKey }, async (admin) => {
    server.hold(new Promise(() => {}))
    const asked = admin.start('plan', url, '--on-server')
    await server.untilHeld()
    const other = await admin.run('plan', url, '--on-server', '--force')
    expect(other.stderr).toContain('Another estimate is being made')
    asked.child.kill('SIGINT')
    expect(await asked.ended).toEqual({ code: 130, signal: null })
    expect(asked.output()).toContain('Error: The plan was stopped\n')
    server.hold(null)
    await expect(async () => expect(await admin.run('plan', url, '--on-server')).toMatchObject({ code: 0 })).toPass({
      timeout: 60_000,
    })
  })
})
