import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { scoreReportSchema } from '#cli/score-report.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'

let folder = ''
let docs = ''
let repository: TempRepository

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docsfy-score-'))
  docs = join(folder, 'docs')
  repository = await createTempRepository({ files: { 'lib/door.ts': 'export function openDoor() {}\n' } })
  await mkdir(docs)
  await writeFile(join(docs, 'index.md'), '# Door\n\nCall `openDoor()`, never `openGate()`.\n')
})
afterAll(async () => {
  await repository.remove()
  await rm(folder, { recursive: true, force: true })
})

function docsfy(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH, HOME: folder } as unknown as NodeJS.ProcessEnv
  const child = spawn(process.execPath, ['cli/main.ts', 'score', ...args], { env })
  const result = { code: null, stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => (result.stdout += chunk))
  child.stderr.on('data', (chunk) => (result.stderr += chunk))
  return new Promise((done) => child.on('close', (code) => done({ ...result, code })))
}

it('prints the total, the table, and each miss with what the code says', async () => {
  const { code, stdout } = await docsfy(docs, '--repo', repository.path)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Doc Score: \d+\.\d of 100 \(truth \d+\.\d, coverage \d+\.\d, craft \d+\.\d\)\n/)
  expect(stdout).toContain('  index.md:3 openGate() → "openGate" occurs nowhere in the repository\n')
})

it('prints the documented object, writes a report, and ends with 1 under the wanted total', async () => {
  const report = join(folder, 'report.html')
  const { code, stdout, stderr } = await docsfy(
    ...[docs, '--repo', repository.path, '--json', '--html', report, '--fail-under', '99.5'],
  )
  const parsed = scoreReportSchema.strict().parse(JSON.parse(stdout))
  expect({ code, commit: parsed.commit }).toEqual({ code: 1, commit: repository.commit })
  expect(stderr).toMatch(/Error: The total of [\d.]+ is under 99\.5\n$/)
  expect(await readFile(report, 'utf8')).toContain('<code>openGate()</code>')
})

it('tells wrong usage by exit code 2 and what cannot be read by exit code 1', async () => {
  expect(await docsfy(docs)).toMatchObject({ code: 2, stdout: '' })
  expect(await docsfy(docs, '--repo', repository.path, '--fail-under', 'most')).toMatchObject({ code: 2 })
  const missing = await docsfy(join(folder, 'none'), '--repo', repository.path)
  expect(missing).toMatchObject({ code: 1, stdout: '' })
  expect(missing.stderr).toMatch(/^Error: There is no folder /)
  expect((await docsfy(docs, '--repo', folder)).stderr).toMatch(/^Error: .* is not a Git repository/)
})
