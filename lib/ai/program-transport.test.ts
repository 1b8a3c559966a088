import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AiEvent, AiFailureCode } from '#lib/domain/ai.ts'
import { ANSWERS, answering, type FakePrograms, fakePrograms } from '#lib/testing/fake-ai-program.ts'
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

describe('a program that misbehaves', () => {
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
