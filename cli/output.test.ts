import { spawn } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const MAIN = join(import.meta.dirname, 'main.ts')
const NOT_WRITTEN = 'Error: The result could not be written to standard output: the disk is full. It is not whole.\n'

/** Runs a program whose results go to a device that is always full. */
async function intoFullDisk(args: string[]): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] })
  let stderr = ''
  child.stderr?.on('data', (data: Buffer) => {
    stderr += data.toString()
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, stderr }
}

it.skipIf(!existsSync('/dev/full'))('fails with one sentence when a result cannot be written', async () => {
  expect(await intoFullDisk([MAIN, 'facts', '--schema'])).toEqual({ code: 1, stderr: NOT_WRITTEN })
})

it.skipIf(!existsSync('/dev/full'))('fails with the same sentence in the middle of a long result', async () => {
  const output = JSON.stringify(join(import.meta.dirname, 'output.ts'))
  const program = `const { printPieces, watchResults } = await import(${output})
    watchResults()
    await printPieces(Array.from({ length: 50 }, () => 'x'.repeat(100_000)))`
  expect(await intoFullDisk(['--input-type=module', '-e', program])).toEqual({ code: 1, stderr: NOT_WRITTEN })
})
