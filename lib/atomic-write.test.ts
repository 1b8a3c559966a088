import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, watch, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TEMPORARY_PREFIX } from '#lib/atomic-write.ts'

const OLD = 'the old page'
const LIMIT_BLOCKS = 64
const PAGE_BYTES = LIMIT_BLOCKS * 1024 * 4

let folder = ''
let page = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docsfy-atomic-'))
  page = join(folder, 'page.md')
  await writeFile(page, OLD)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const PLAIN = `import { writeFile } from 'node:fs/promises'
const write = writeFile`
const ATOMIC = `import { atomicWrite } from ${JSON.stringify(import.meta.resolve('#lib/atomic-write.ts'))}
const write = atomicWrite`
const ALL = `import { atomicWriteAll } from ${JSON.stringify(import.meta.resolve('#lib/atomic-write.ts'))}
const write = (path, text) => atomicWriteAll(path.replace('/page.md', ''), [['first.md', 'small'], ['page.md', text], ['last.md', 'small']])`
const WRITE = `await write(process.argv[1], 'n'.repeat(${PAGE_BYTES}))`

function script(how: string, work = WRITE): string[] {
  return [process.execPath, '--input-type=module', '--eval', `${how}\n${work}`, page]
}

/** Runs a program that may write no file longer than LIMIT_BLOCKS kilobytes: its write stops in the middle. */
async function runLimited(command: string[]): Promise<number | null> {
  const limited = spawn('bash', ['-c', `ulimit -f ${LIMIT_BLOCKS} && exec "$@"`, 'bash', ...command], {
    stdio: 'ignore',
  })
  const [code] = await once(limited, 'exit')
  return code
}

async function temporaries(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith(TEMPORARY_PREFIX))
}

describe('a write that is cut short', () => {
  it('control: leaves a torn page when it goes straight to the file', async () => {
    expect(await runLimited(script(PLAIN))).not.toBe(0)
    const torn = await readFile(page, 'utf8')
    expect([torn.length > 0, torn.length < PAGE_BYTES, torn.includes(OLD)]).toEqual([true, true, false])
  })

  it('leaves the old page, and no temporary file, when it fails in the middle', async () => {
    expect(await runLimited(script(ATOMIC))).not.toBe(0)
    expect(await readFile(page, 'utf8')).toBe(OLD)
    expect(await temporaries()).toEqual([])
  })

  it('replaces none of several files when one of them fails, and all of them when none does', async () => {
    expect(await runLimited(script(ALL))).not.toBe(0)
    expect(await readdir(folder)).toEqual(['page.md'])
    expect(await readFile(page, 'utf8')).toBe(OLD)
    expect(await runLimited(script(ALL, "await write(process.argv[1], 'new')"))).toBe(0)
    expect((await readdir(folder)).sort()).toEqual(['first.md', 'last.md', 'page.md'])
    expect(await readFile(page, 'utf8')).toBe('new')
  })

  it('leaves the old or the new page, whole, when its process is killed as soon as it has begun', async () => {
    const endless = `for (let turn = 0; ; turn += 1) await write(process.argv[1], String(turn % 10).repeat(${PAGE_BYTES}))`
    for (let round = 0; round < 3; round += 1) {
      const began = firstTemporary()
      const [node = '', ...rest] = script(ATOMIC, endless)
      const child = spawn(node, rest, { stdio: 'ignore' })
      await began
      child.kill('SIGKILL')
      await once(child, 'exit')
      const found = await readFile(page, 'utf8')
      const isWhole = found === OLD || (found.length === PAGE_BYTES && new Set(found).size === 1)
      expect(isWhole).toBe(true)
    }
  })
})

/** Resolves when a temporary file appears in the folder. */
async function firstTemporary(): Promise<void> {
  for await (const { filename } of watch(folder)) if (filename?.startsWith(TEMPORARY_PREFIX)) return
}
