/** A command-line tool of a vendor as docsfy meets it: a real program, started by the one `installTools` puts into PATH. */

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { ANSWERS } from '#lib/testing/fake-ai-program.ts'
import { FAULTS, type FaultId } from './faults.ts'
import { sayingOf } from './sayings.ts'

export type ToolName = keyof typeof ANSWERS

const GIGABYTE = 1 << 30
const DRIP_MS = 100

interface Call {
  lines: readonly object[]
  prompt: string
  state: string
  fault: FaultId
  key: string
}

/** Plays one call of a tool; `state` is a folder in which its calls leave notes. */
export async function play(name: ToolName, state: string): Promise<void> {
  const fault = process.argv.map((arg) => arg.replace(/^--model=/, '')).find((arg): arg is FaultId => arg in FAULTS)
  // Asked whether it is signed in.
  if (!fault) return
  const prompt = (await Array.fromAsync(process.stdin.setEncoding('utf8'))).join('')
  writeFileSync(join(state, `${name}-${fault}`), '')
  const key = ownKey()
  const lines = ANSWERS[name](sayingOf(fault, prompt, key))
  if (PLAYS[fault]) await PLAYS[fault]?.({ lines, prompt, state, fault, key })
  else sayAll(lines)
}

function ownKey(): string {
  const { ANTHROPIC_API_KEY, GEMINI_API_KEY, CURSOR_API_KEY, CODEX_API_KEY } = process.env
  return ANTHROPIC_API_KEY ?? GEMINI_API_KEY ?? CURSOR_API_KEY ?? CODEX_API_KEY ?? ''
}

const PLAYS: Partial<Record<FaultId, (call: Call) => unknown>> = {
  'hang-before': forEver,
  'hang-within': ({ lines }) => {
    sayAll(lines.slice(0, 1))
    return forEver()
  },
  'hang-after': ({ lines }) => {
    sayAll(lines)
    return forEver()
  },
  'no-result': ({ lines }) => sayAll(lines.slice(0, 1)),
  'half-line': ({ lines }) => {
    sayAll(lines.slice(0, 1))
    writeSync(1, JSON.stringify(lines.at(-1)).slice(0, 30))
  },
  'rate-limit': () => failWith('Error: 429 too many requests'),
  'rate-limit-once': (call) => once(call, () => failWith('Error: 429 too many requests')),
  'rate-limit-wait': (call) => once(call, () => failWith('Error: 429 too many requests, retry in 1s')),
  'server-error': () => failWith('API Error: 500 Internal server error'),
  'server-error-once': (call) => once(call, () => failWith('API Error: 500 Internal server error')),
  'slow-drip': ({ lines }) => {
    setInterval(() => sayAll(lines.slice(0, 1)), DRIP_MS)
    return forEver()
  },
  'invalid-utf8': ({ lines }) => {
    for (const line of lines) writeSync(1, withBrokenBytes(`${JSON.stringify(line)}\n`))
  },
  'endless-line': () => pour(Buffer.alloc(1 << 20, 'x')),
  'endless-lines': ({ lines }) => pour(Buffer.from(`${JSON.stringify(lines[0])}\n`.repeat(5000))),
  'ignores-sigterm': () => {
    process.on('SIGTERM', () => undefined)
    return forEver()
  },
  forks: ({ lines }) => {
    const loop = 'setInterval(() => undefined, 1000)'
    const fork = `process.on('SIGTERM', () => undefined); ${loop}`
    for (let one = 0; one < 2; one += 1)
      spawn(process.execPath, ['-e', fork], { detached: true, stdio: 'inherit' }).unref()
    sayAll(lines)
  },
  aborted: () => {
    process.on('SIGTERM', () => undefined)
    return forEver()
  },
  'wrong-schema': ({ lines }) => {
    const wrong = lines.map((line) =>
      Object.fromEntries(Object.entries(line).map(([key, value]) => [key, otherShape(key, value)])),
    )
    sayAll(wrong)
  },
  'bad-key': ({ key }) => failWith(`Error: Invalid API key ${key}. Please log in`),
  'unknown-model': () => failWith('Error: model "unknown-model" does not exist'),
  'no-credit': () => failWith('Error: Credit balance is too low'),
}

/** Type and kind of a line stay, so that it is read; what it tells does not. */
function otherShape(key: string, value: unknown): unknown {
  return key === 'type' || key === 'subtype' || key === 'status' || key === 'role' ? value : [[value === null]]
}

function sayAll(lines: readonly object[]): void {
  for (const line of lines) writeSync(1, `${JSON.stringify(line)}\n`)
}

function failWith(words: string): void {
  writeSync(2, `${words}\n`)
  process.exitCode = 1
}

/** The first call with a prompt goes wrong, later ones do not. */
function once({ lines, prompt, state, fault }: Call, wrong: () => void): void {
  const id = createHash('sha256').update(`${process.argv[1]} ${fault} ${prompt}`).digest('hex')
  try {
    mkdirSync(join(state, id))
  } catch {
    sayAll(lines)
    return
  }
  wrong()
}

/** Every full stop between words gets bytes beside it that are no UTF-8. */
export function withBrokenBytes(text: string): Buffer {
  const parts = text.split('. ')
  return Buffer.concat(parts.flatMap((part) => [Buffer.from(part), Buffer.from([0x2e, 0xff, 0xfe, 0x20])]).slice(0, -1))
}

function pour(block: Buffer): void {
  for (let poured = 0; poured < GIGABYTE; poured += writeSync(1, block));
}

async function forEver(): Promise<void> {
  await new Promise(() => setInterval(() => undefined, 1000))
}
