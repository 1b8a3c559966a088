import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface FakePrograms {
  /** Folder to put first into PATH. */
  folder: string
  /** An empty folder for TMPDIR. */
  temp: string
  /** Installs a program; `body` is the inside of an async function with `prompt`, `say(line)` and `wait()` (for ever). */
  install(name: string, body: string): void
  /** What a program was started with, last time. */
  seen(name: string): { args: string[]; prompt: string; cwd: string; files: string[]; env: Record<string, string> }
  remove(): void
}

/** Command-line tools of AI vendors, played by small scripts: the one thing that is not real in our tests. */
export function fakePrograms(): FakePrograms {
  const root = mkdtempSync(join(tmpdir(), 'docsfy-programs-'))
  const folder = join(root, 'bin')
  const temp = join(root, 'tmp')
  for (const made of [folder, temp]) mkdirSync(made)
  return {
    folder,
    temp,
    install(name, body) {
      const path = join(folder, name)
      writeFileSync(path, scriptOf(body, join(root, `${name}.json`)))
      chmodSync(path, 0o755)
    },
    seen: (name) => JSON.parse(readFileSync(join(root, `${name}.json`), 'utf8')),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

function scriptOf(body: string, record: string): string {
  return `#!${process.execPath}
const { writeFileSync, readdirSync, writeSync } = require('node:fs')
const { spawn } = require('node:child_process')
let prompt = ''
process.stdin.setEncoding('utf8').on('data', (text) => { prompt += text }).on('end', () => void main())
const say = (value) => writeSync(1, (typeof value === 'string' ? value : JSON.stringify(value)) + '\\n')
const wait = () => new Promise(() => setInterval(() => undefined, 1000))
async function main() {
  const seen = { args: process.argv.slice(2), prompt, cwd: process.cwd(), files: readdirSync('.'), env: process.env }
  writeFileSync(${JSON.stringify(record)}, JSON.stringify(seen))
  ${body}
}
`
}

/** What each tool prints for an answer, as its vendor documents it. Data of a fake program. */
export const ANSWERS = {
  claude: (answer: string) => [
    { type: 'system', subtype: 'init', session_id: 's', model: 'm', tools: [] },
    { type: 'assistant', message: { role: 'assistant', content: [{ type: 'text', text: answer }] } },
    {
      type: 'result',
      subtype: 'success',
      is_error: false,
      result: answer,
      total_cost_usd: 0.0125,
      usage: { input_tokens: 20, cache_creation_input_tokens: 30, cache_read_input_tokens: 50, output_tokens: 7 },
    },
  ],
  gemini: (answer: string) => [
    { type: 'init', session_id: 's', model: 'm' },
    { type: 'message', role: 'user', content: 'the prompt' },
    { type: 'message', role: 'assistant', content: answer.slice(0, 3), delta: true },
    { type: 'message', role: 'assistant', content: answer.slice(3), delta: true },
    {
      type: 'result',
      status: 'success',
      stats: { total_tokens: 107, input_tokens: 100, output_tokens: 7, cached: 50 },
    },
  ],
  codex: (answer: string) => [
    { type: 'thread.started', thread_id: 't' },
    { type: 'turn.started' },
    { type: 'item.completed', item: { id: 'i0', type: 'reasoning', text: 'thinking' } },
    { type: 'item.completed', item: { id: 'i1', type: 'agent_message', text: answer } },
    { type: 'turn.completed', usage: { input_tokens: 100, cached_input_tokens: 50, output_tokens: 7 } },
  ],
  'cursor-agent': (answer: string) => [
    { type: 'system', subtype: 'init', session_id: 's', model: 'm' },
    { type: 'assistant', message: { role: 'assistant', content: [{ type: 'text', text: answer }] } },
    { type: 'result', subtype: 'success', is_error: false, result: answer, session_id: 's' },
  ],
} as const

/** Body of a program that answers. */
export function answering(name: keyof typeof ANSWERS, answer: string): string {
  return ANSWERS[name](answer)
    .map((line) => `say(${JSON.stringify(line)})`)
    .join('\n')
}
