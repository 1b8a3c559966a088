import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { transportOf } from '#lib/ai/transports.ts'
import { RUN_VARIABLE } from '#lib/config.ts'
import type { AiEvent, CallLimits } from '#lib/domain/ai.ts'
import { processesWith } from '#lib/jobs/process-group.ts'
import { type FakeAiServer, fakeAiServer, json, type Reply, STREAMS, streaming } from '#lib/testing/fake-ai-server.ts'

/** Tried with these; Cursor's tool is not in the registry. */
const VERSIONS = {
  '@anthropic-ai/claude-code': '2.1.197',
  '@openai/codex': '0.169.0',
  '@google/gemini-cli': '0.61.0',
}
const LIMITS: CallLimits = { startMs: 60_000, idleMs: 60_000, wallMs: 120_000 }
const SHORT: CallLimits = { startMs: 20_000, idleMs: 20_000, wallMs: 20_000 }
/** Nobody is there to be asked. */
const HARMLESS = new Set(['request_user_input'])
const GONE_MS = 5000
const ANSWER = '# Harbour\n\nLets ships in — ✓.\n'

type Tool = 'claude' | 'codex' | 'gemini'

interface RealTool {
  access(url: string): Record<string, string>
  /** What its API streams for an answer. */
  answer(text: string): readonly string[]
}

const TOOLS: Record<Tool, RealTool> = {
  claude: {
    access: (url) => ({ ANTHROPIC_API_KEY: 'sk-test', ANTHROPIC_BASE_URL: url }),
    answer: STREAMS.anthropic,
  },
  codex: { access: (url) => ({ CODEX_API_KEY: 'sk-test', OPENAI_BASE_URL: `${url}/v1` }), answer: responsesOf },
  gemini: { access: (url) => ({ GEMINI_API_KEY: 'test', GOOGLE_GEMINI_BASE_URL: url }), answer: STREAMS.google },
}

/**
 * `npm run bench -- tools [FOLDER]`: installs the vendors' own command-line tools from npm into a temporary folder (or takes those
 * of FOLDER) and lets docsfy ask them, with a model API on loopback behind them.
 */
export async function run([installed]: string[]): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-real-tools-'))
  const home = join(folder, 'home')
  await mkdir(home)
  const server = await fakeAiServer()
  try {
    const tools = installed ?? (await install(folder))
    const id = `tools-${process.pid}`
    const path = [join(tools, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
    Object.assign(process.env, { HOME: home, PATH: path, [RUN_VARIABLE]: id })
    let failed = 0
    for (const tool of Object.keys(TOOLS) as Tool[])
      for (const [what, check] of Object.entries(CHECKS)) {
        server.requests.length = 0
        const startedMs = performance.now()
        const problem = await check({ tool, server })
        const left = await processesLeft(id)
        const told = problem ?? (left > 0 ? `${left} processes are left` : null)
        if (told) failed += 1
        const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
        console.log(`${told ? '✗' : '✓'} ${tool.padEnd(7)}${what} (${seconds} s)${told ? `: ${told}` : ''}`)
      }
    return failed === 0
  } finally {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function processesLeft(id: string): Promise<number> {
  for (const deadlineMs = performance.now() + GONE_MS; ; await wait(100)) {
    const left = (await processesWith(RUN_VARIABLE, id)).length
    if (left === 0 || performance.now() > deadlineMs) return left
  }
}

async function install(folder: string): Promise<string> {
  const packages = Object.entries(VERSIONS).map(([name, version]) => `${name}@${version}`)
  console.log(`npm install ${packages.join(' ')}`)
  const args = ['install', '--no-audit', '--no-fund', '--prefix', folder, ...packages]
  const child = spawn('npm', args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`npm could not install the tools (exit code ${code})`)
  return folder
}

interface Trial {
  tool: Tool
  server: FakeAiServer
}

/** Each answers what is wrong, or null. */
const CHECKS: Record<string, (trial: Trial) => Promise<string | null>> = {
  'answers, with its tokens': async ({ tool, server }) => {
    server.reply(answering(tool, ANSWER))
    const events = await ask(tool, server)
    const usage = events.find((event) => event.kind === 'usage')?.usage
    const end = events.at(-1)
    if (end?.kind !== 'done' || end.text.trim() !== ANSWER.trim()) return `it ended with ${JSON.stringify(end)}`
    return usage && usage.inputTokens > 0 && usage.outputTokens > 0
      ? null
      : `it told the tokens ${JSON.stringify(usage)}`
  },
  'gives the model no tools': async ({ tool, server }) => {
    server.reply(answering(tool, ANSWER))
    await ask(tool, server)
    const asked = server.requests.filter(({ body }) => JSON.stringify(body ?? '').includes('Say hello'))
    const tools = asked.flatMap(({ body }) => namesOf(body?.tools)).filter((name) => !HARMLESS.has(name))
    if (asked.length === 0) return 'the prompt did not arrive'
    return tools.length === 0 ? null : `it offers ${tools.join(', ')}`
  },
  'says what to do when its key is refused': async ({ tool, server }) => {
    server.reply(
      json({ type: 'error', error: { type: 'authentication_error', code: 401, message: 'invalid x-api-key' } }, 401),
    )
    return expectCode(await ask(tool, server), 'auth')
  },
  'says that a model is unknown': async ({ tool, server }) => {
    const message = 'model: some-model does not exist'
    server.reply(
      json({ type: 'error', error: { type: 'not_found_error', code: 404, status: 'NOT_FOUND', message } }, 404),
    )
    return expectCode(await ask(tool, server), 'unknown_model')
  },
  'is ended when its API hangs': async ({ tool, server }) => {
    server.reply(() => undefined)
    const end = (await ask(tool, server, SHORT)).at(-1)
    return end?.kind === 'fail' && end.code.startsWith('timeout_') ? null : `it ended with ${JSON.stringify(end)}`
  },
}

function expectCode(events: AiEvent[], code: string): string | null {
  const end = events.at(-1)
  return end?.kind === 'fail' && end.code === code ? null : `it ended with ${JSON.stringify(end)}`
}

async function ask(tool: Tool, server: FakeAiServer, limits = LIMITS): Promise<AiEvent[]> {
  const { signal } = new AbortController()
  const transport = transportOf(tool, { access: TOOLS[tool].access(server.url), limits })
  const request = { model: 'some-model', system: 'Be brief.', prompt: 'Say hello — ✓', maxOutputTokens: 1000, signal }
  return await Array.fromAsync(transport.ask(request))
}

/** Questions with the prompt get the answer; whatever else a tool asks for is not there. */
function answering(tool: Tool, text: string): Reply {
  return (response, request) => {
    const isQuestion = JSON.stringify(request.body ?? '').includes('Say hello')
    const reply = isQuestion ? streaming(TOOLS[tool].answer(text)) : json({ error: { message: 'not here' } }, 404)
    return reply(response, request)
  }
}

function namesOf(tools: unknown): string[] {
  return (Array.isArray(tools) ? tools : []).flatMap((tool) => {
    const declared = tool?.functionDeclarations
    return Array.isArray(declared) ? declared.map(({ name }) => String(name)) : [String(tool?.name ?? tool?.type)]
  })
}

/** The stream of OpenAI's Responses API, which Codex speaks. */
function responsesOf(text: string): string[] {
  const event = (value: { type: string }) => `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`
  const item = { type: 'message', role: 'assistant', id: 'm', content: [{ type: 'output_text', text }] }
  const usage = {
    input_tokens: 100,
    input_tokens_details: { cached_tokens: 50 },
    output_tokens: 7,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 107,
  }
  const events = [
    { type: 'response.created', response: { id: 'r' } },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: { id: 'r', usage } },
  ]
  return events.map(event)
}
