import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AiEvent, AiFailureCode } from '#lib/domain/ai.ts'
import { ANSWERS, answering, type FakePrograms, fakePrograms } from '#lib/testing/fake-ai-program.ts'
import { startProgram } from './program.ts'
import { PROGRAMS, type ProgramProvider, transportOf } from './transports.ts'

const LIMITS = { startMs: 10_000, idleMs: 10_000, wallMs: 20_000 }
const PROVIDERS_BY_COMMAND = { claude: 'claude', gemini: 'gemini', codex: 'codex', 'cursor-agent': 'cursor' } as const

let programs: FakePrograms
beforeEach(() => {
  programs = fakePrograms()
  vi.stubEnv('PATH', `${programs.folder}:/usr/bin:/bin`)
  vi.stubEnv('TMPDIR', programs.temp)
  vi.stubEnv('CLAUDECODE', '1')
  vi.stubEnv('ADMIN_KEY', 'canary-admin-key-c0ffee')
})
afterEach(() => {
  expect(readdirSync(programs.temp)).toEqual([])
  vi.unstubAllEnvs()
  programs.remove()
})

interface Asking {
  provider?: ProgramProvider
  limits?: Partial<typeof LIMITS>
  access?: Record<string, string>
  signal?: AbortSignal
}

async function ask({ provider = 'claude', limits, access = {}, signal = new AbortController().signal }: Asking = {}) {
  const transport = transportOf(provider, { access, limits: { ...LIMITS, ...limits } })
  const request = { model: 'some-model', system: 'Be brief.', prompt: 'Say hello — ✓', maxOutputTokens: 1000, signal }
  return await Array.fromAsync(transport.ask(request))
}

function failed(events: AiEvent[]): { code: AiFailureCode; message: string } | undefined {
  const end = events.at(-1)
  return end?.kind === 'fail' ? { code: end.code, message: end.message } : undefined
}

describe.each(Object.keys(ANSWERS) as (keyof typeof ANSWERS)[])('%s', (command) => {
  const provider = PROVIDERS_BY_COMMAND[command]

  it('answers text, with its tokens', async () => {
    programs.install(command, answering(command, 'Hello — ✓'))
    const events = await ask({ provider, access: { A_KEY: 'given' } })
    expect(events.at(0)).toEqual({ kind: 'start' })
    expect(events.at(-1)).toEqual({ kind: 'done', text: 'Hello — ✓' })
    const usage = events.find((event) => event.kind === 'usage')?.usage
    if (command === 'cursor-agent') expect(usage).toBeUndefined()
    else expect(usage).toMatchObject({ inputTokens: 100, outputTokens: 7, cachedTokens: 50 })
    expect(usage?.costUsd).toEqual(command === 'claude' ? 0.0125 : command === 'cursor-agent' ? undefined : null)
  })

  it('is started in an empty folder, without our secrets, the prompt on its standard input only', async () => {
    programs.install(command, answering(command, 'yes'))
    await ask({ provider, access: { A_KEY: 'given' } })
    const { args, prompt, files, cwd, env } = programs.seen(command)
    expect(prompt).toContain('Say hello — ✓')
    expect(args.join(' ')).not.toContain('Say hello')
    expect(args).toContainEqual(expect.stringContaining('some-model'))
    expect(files).toEqual([])
    expect(existsSync(cwd)).toBe(false)
    expect(env.A_KEY).toBe('given')
    expect(Object.keys(env)).not.toContain('CLAUDECODE')
    expect(JSON.stringify(env)).not.toContain('canary-admin-key')
  })

  it('fails with what to do when it ends with an error and no JSON', async () => {
    programs.install(command, `process.stderr.write('Error: not logged in\\n'); process.exit(1)`)
    const { code, message } = failed(await ask({ provider })) ?? {}
    expect(code).toBe('auth')
    expect(message).toContain(PROGRAMS[provider].signIn)
  })

  it('fails when it ends without a result, although with exit code 0', async () => {
    programs.install(
      command,
      ANSWERS[command]('x')
        .slice(0, 1)
        .map((line) => `say(${JSON.stringify(line)})`)
        .join('\n'),
    )
    expect(failed(await ask({ provider }))).toMatchObject({ code: 'no_result' })
  })

  it('is told to be missing when it is not installed', async () => {
    expect(failed(await ask({ provider }))).toMatchObject({
      code: 'missing_binary',
      message: expect.stringContaining(command),
    })
  })
})

describe('errors of the vendors in their own words', () => {
  it.each([
    ['claude', { type: 'result', subtype: 'success', is_error: true, result: 'Credit balance is too low' }, 'quota'],
    [
      'claude',
      { type: 'result', subtype: 'error_during_execution', is_error: true, errors: ['API Error: 529 overloaded'] },
      'rate',
    ],
    [
      'gemini',
      { type: 'result', status: 'error', error: { type: 'E', message: 'RESOURCE_EXHAUSTED: try later' } },
      'rate',
    ],
    ['codex', { type: 'turn.failed', error: { message: 'model "x" does not exist' } }, 'unknown_model'],
    ['codex', { type: 'turn.failed', error: { message: 'input_too_large' } }, 'context'],
    ['cursor', { type: 'result', subtype: 'error', is_error: true, result: 'Usage limit reached' }, 'quota'],
  ] as const)('%s %j is %s', async (provider, line, code) => {
    programs.install(PROGRAMS[provider].commands[0] ?? '', `say(${JSON.stringify(line)})`)
    expect(failed(await ask({ provider }))?.code).toBe(code)
  })
})

describe('a program whose model may only write', () => {
  it.each([
    [
      'codex',
      { type: 'item.started', item: { id: 'i', type: 'command_execution', command: 'cat ~/.codex/auth.json' } },
    ],
    ['codex', { type: 'item.completed', item: { id: 'i', type: 'mcp_tool_call' } }],
    ['codex', { type: 'item.completed', item: { id: 'i', type: 'web_search' } }],
    ['cursor', { type: 'tool_call', subtype: 'started', call_id: 'c', tool_call: {} }],
  ] as const)('%s fails when it uses a tool: %j', async (provider, line) => {
    const command = PROGRAMS[provider].commands[0] as keyof typeof ANSWERS
    programs.install(command, `say(${JSON.stringify(line)})\n${answering(command, 'secret')}`)
    expect(failed(await ask({ provider }))).toMatchObject({
      code: 'bad_output',
      message: expect.stringContaining('tool'),
    })
  })

  it('is started with its tools off', async () => {
    programs.install('codex', answering('codex', 'yes'))
    await ask({ provider: 'codex' })
    expect(programs.seen('codex').args).toEqual(
      expect.arrayContaining(['--disable=shell_tool', 'features.computer_use=false', 'web_search="disabled"']),
    )
  })
})

describe('Gemini CLI', () => {
  it('with a key is given a home of its own, which says how it is signed in; without one the home of the account', async () => {
    const show = `require('node:fs').readFileSync((process.env.GEMINI_CLI_HOME ?? '.') + '/.gemini/settings.json', 'utf8')`
    programs.install('gemini', `process.stderr.write(${show}); process.exitCode = 1`)
    expect(failed(await ask({ provider: 'gemini', access: { GEMINI_API_KEY: 'k' } }))?.message).toContain(
      'gemini-api-key',
    )
    programs.install('gemini', answering('gemini', 'yes'))
    await ask({ provider: 'gemini' })
    expect(Object.keys(programs.seen('gemini').env)).not.toContain('GEMINI_CLI_HOME')
  })
})

describe('signs of life', () => {
  it('claude tells parts of its messages, which are not read twice', async () => {
    const part = { type: 'stream_event', event: { type: 'content_block_delta', delta: { text: 'Hel' } } }
    programs.install('claude', `say(${JSON.stringify(part)})\n${answering('claude', 'Hello')}`)
    const events = await ask()
    expect(events.filter((event) => event.kind === 'delta')).toEqual([{ kind: 'delta', text: 'Hello' }])
    expect(programs.seen('claude').args).toContain('--include-partial-messages')
  })

  it('codex, which has none, may be silent until its answer', async () => {
    const [start, ...rest] = ANSWERS.codex('slow').map((line) => `say(${JSON.stringify(line)})`)
    programs.install('codex', [start, 'await new Promise((go) => setTimeout(go, 300))', ...rest].join('\n'))
    expect((await ask({ provider: 'codex', limits: { idleMs: 50 } })).at(-1)).toEqual({ kind: 'done', text: 'slow' })
  })
})

describe('Claude Code, which asks ten times when its key is refused', () => {
  it('is ended at the third, with what to do', async () => {
    const refused = (attempt: number) => ({
      type: 'system',
      subtype: 'api_retry',
      attempt,
      error_status: 401,
      error: 'authentication_failed',
    })
    const lines = (attempts: number[]) => attempts.map((one) => `say(${JSON.stringify(refused(one))})`).join('\n')
    programs.install('claude', `${lines([1, 2])}\n${answering('claude', 'renewed')}`)
    expect((await ask()).at(-1)).toEqual({ kind: 'done', text: 'renewed' })
    programs.install('claude', `${lines([1, 2, 3])}\nawait wait()`)
    expect(failed(await ask())).toEqual({ code: 'auth', message: expect.stringContaining('set ANTHROPIC_API_KEY') })
  })
})

describe('what cannot be started', () => {
  it('is a failure, and nothing is thrown', async () => {
    programs.install('claude', answering('claude', 'yes'))
    vi.stubEnv('TMPDIR', `${programs.temp}/absent`)
    expect(failed(await ask())).toEqual({
      code: 'other',
      message: expect.stringContaining('Claude Code could not be started'),
    })
    const call = { path: '/bin/true', args: [], env: {}, cwd: `${programs.temp}/absent`, stdin: '' }
    expect(() => startProgram(call)).toThrow('could not start it')
  })
})

describe('a program that misbehaves', () => {
  it.each([
    ['Loaded cached credentials.\\nsegmentation fault\\n', 'other', 'segmentation fault'],
    ['Please log in\\nError: 429 too many requests\\n    at run (cli.js:1)\\n', 'rate', 'Error: 429 too many requests'],
    [
      'Error: Unknown feature flag: shell_tool\\n\\nStack backtrace:\\n   0: <unknown>\\n',
      'other',
      'update Claude Code',
    ],
  ] as const)('is judged by its last words: %s', async (said, code, message) => {
    programs.install('claude', `process.stderr.write('${said}'); process.exitCode = 1`)
    expect(failed(await ask())).toEqual({ code, message: expect.stringContaining(message) })
  })

  it('is ended when it says nothing at all', async () => {
    programs.install('claude', 'await wait()')
    expect(failed(await ask({ limits: { startMs: 700 } }))?.code).toBe('timeout_start')
  })

  it('is ended when it stops in the middle', async () => {
    programs.install('claude', `say({ type: 'system', subtype: 'init' }); await wait()`)
    expect(failed(await ask({ limits: { idleMs: 500 } }))?.code).toBe('timeout_idle')
  })

  it('is ended at the time for the whole call when it drips for ever', async () => {
    programs.install('claude', `setInterval(() => say({ type: 'system', subtype: 'status' }), 50); await wait()`)
    expect(failed(await ask({ limits: { wallMs: 1500, idleMs: 1000 } }))?.code).toBe('timeout_wall')
  })

  it('has answered when it hangs after its result, ignores SIGTERM and has started another one', async () => {
    const body = `process.on('SIGTERM', () => undefined)
      const child = spawn('/bin/sleep', ['600'], { stdio: 'inherit' })
      ${answering('claude', 'done')}
      writeFileSync(process.env.MARK, String(child.pid)); await wait()`
    const mark = `${programs.folder}/pid`
    programs.install('claude', body)
    const events = await ask({ access: { MARK: mark } })
    expect(events.at(-1)).toEqual({ kind: 'done', text: 'done' })
    await expect.poll(() => isRunning(Number(readFileSync(mark, 'utf8')))).toBe(false)
  }, 15_000)

  it.each([
    ['half a line of JSON', `process.stdout.write('{"type":"result","subtype":"succ')`, 'no_result'],
    ['an empty answer', answering('claude', '  \n'), 'no_result'],
    ['an option it does not know', `console.error("error: unknown option '--tools='"); process.exit(2)`, 'other'],
  ])('fails with %s', async (_, body, code) => {
    programs.install('claude', body)
    expect(failed(await ask())?.code).toBe(code)
  })

  it('may talk between its lines and in bytes that are no text', async () => {
    const noise = `say('Loaded cached credentials'); say(''); say('[1,2]'); process.stdout.write(Buffer.from([0xff, 0xfe, 0x0a]))`
    programs.install('claude', `${noise}\n${answering('claude', 'fine')}`)
    expect((await ask()).at(-1)).toEqual({ kind: 'done', text: 'fine' })
  })

  it('is ended when it prints without end, in little memory', async () => {
    programs.install('claude', `for (const block = Buffer.alloc(1 << 20, 'x'); ;) writeSync(1, block)`)
    expect(failed(await ask())).toEqual({ code: 'bad_output', message: expect.stringContaining('a line of more than') })
  })

  it('is ended when the call is cancelled', async () => {
    programs.install('claude', `say({ type: 'system', subtype: 'init' }); await wait()`)
    const controller = new AbortController()
    const transport = transportOf('claude', { access: {}, limits: LIMITS })
    const request = { model: 'm', system: '', prompt: 'p', maxOutputTokens: 1, signal: controller.signal }
    const events: AiEvent[] = []
    for await (const event of transport.ask(request)) {
      events.push(event)
      controller.abort()
    }
    expect(failed(events)?.code).toBe('cancelled')
  })
})

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}
