import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { factsSchema } from '#lib/domain/facts-schema.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'

let folder = ''
let repository: TempRepository

const FILES = {
  'package.json': '{ "name": "door", "bin": "cli.js", "scripts": { "open": "node cli.js" } }\n',
  'lib/door.ts': '/** Opens it. */\nexport function openDoor(wide = true): void {}\n',
  'lib/door.test.ts': "import { openDoor } from './door.ts'\nit('opens', () => openDoor())\n",
  'cli.js': "console.log(process.env.DOOR_COLOUR ?? 'red')\n",
  'dist/door.min.js': 'x',
  'README.md': '# Door\n\nDoor is a door.\n',
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docsfy-facts-'))
  repository = await createTempRepository({ files: FILES, name: 'door' })
})
afterAll(async () => {
  await repository.remove()
  await rm(folder, { recursive: true, force: true })
})

function docsfy(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH, HOME: folder } as unknown as NodeJS.ProcessEnv
  const child = spawn(process.execPath, ['cli/main.ts', 'facts', ...args], { env })
  const result = { code: null, stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => (result.stdout += chunk))
  child.stderr.on('data', (chunk) => (result.stderr += chunk))
  return new Promise((done) => child.on('close', (code) => done({ ...result, code })))
}

it('prints the same documented object again and again, from what it kept of the first time', async () => {
  const { code, stdout } = await docsfy(repository.path, '--json')
  expect(code).toBe(0)
  const facts = factsSchema.strict().parse(JSON.parse(stdout))
  expect(facts).toMatchObject({ commit: repository.commit, name: 'door', limits: [] })
  expect(facts.symbols.map(({ id }) => id)).toEqual(['lib/door.ts#openDoor'])
  const kept = await readdir(join(folder, '.cache', 'docsfy', 'facts'), { recursive: true })
  expect(kept.filter((name) => name.endsWith('.pack'))).toHaveLength(2)
  expect((await docsfy(repository.path, '--json')).stdout).toBe(stdout)
})

it('prints the schema of that object, read anew as well', async () => {
  const { stdout } = await docsfy(repository.path, '--json', '--fresh')
  const schema = JSON.parse((await docsfy('--schema')).stdout)
  const validate = new Ajv2020().compile(schema)
  expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true)
  expect(validate({ ...JSON.parse(stdout), symbols: [{}] })).toBe(false)
})

it('shows people what was found, what was skipped and why', async () => {
  const { code, stdout } = await docsfy(repository.path, '--all')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^door @ main \([0-9a-f]{8}\), \w+\nDoor is a door\.\n/)
  expect(stdout).toMatch(/^symbols +1 +1 public: 1 function$/m)
  expect(stdout).toMatch(/^environment variables +1$/m)
  expect(stdout).toContain('\nSkipped:\n  1 generated\n    dist/door.min.js\n')
  expect(stdout).toMatch(/\nOpened in [\d.]+ s, facts in [\d.]+ s\n$/)
})

it('tells wrong usage by exit code 2 and what cannot be read by a sentence and exit code 1', async () => {
  expect(await docsfy(join(folder, 'none'))).toMatchObject({ code: 1, stdout: '' })
  expect((await docsfy(repository.path, '-b', 'none')).stderr).toMatch(/^Error: .*none/)
  const unnamed = await docsfy()
  expect(unnamed).toMatchObject({ code: 2, stdout: '' })
  expect(unnamed.stderr).toMatch(/^Error: Missing argument REPO/)
})
