import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { STREAMS } from '#lib/testing/fake-ai-server.ts'
import { FAULT_IDS, type FaultId } from './faults.ts'
import { sayingOf } from './sayings.ts'
import { withBrokenBytes } from './tool.ts'

export const API_PROVIDERS = ['anthropic', 'openai', 'google', 'openrouter', 'compatible', 'ollama'] as const
export type ApiProvider = (typeof API_PROVIDERS)[number]

const DRIP_MS = 100
const STREAM_OF: Record<ApiProvider, keyof typeof STREAMS> = {
  anthropic: 'anthropic',
  openai: 'openai',
  google: 'google',
  openrouter: 'openai',
  compatible: 'openai',
  ollama: 'ollama',
}

export interface Vendors {
  /** Key by variable: each occurs nowhere by chance. */
  keys: Record<string, string>
  /** Variables of a server that reaches every provider here. */
  variables: Record<string, string>
  /** Whether a model has been asked. */
  wasAsked(provider: ApiProvider, fault: FaultId): boolean
  close(): Promise<void>
}

/** Variables that hold the key of a provider. */
const KEY_VARIABLES = [
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'GEMINI_API_KEY',
  'OPENROUTER_API_KEY',
  'COMPATIBLE_API_KEY',
  'OLLAMA_API_KEY',
  'CODEX_API_KEY',
  'CURSOR_API_KEY',
] as const

/** The six API protocols on loopback; the model that is asked for decides what goes wrong. */
export async function startVendors(): Promise<Vendors> {
  const asked = new Set<string>()
  const prompts = new Set<string>()
  const server = createServer(async (request, response) => {
    response.on('error', () => undefined)
    const text = (await Array.fromAsync(request.setEncoding('utf8'))).join('')
    const provider = providerOf(request)
    const body: unknown = text ? JSON.parse(text) : null
    const fault = FAULT_IDS.find((id) => nameOfModel(request, body) === id)
    if (!provider || !fault) return sendJson(response, 200, LIST)
    const prompt = textsIn(body)
    const isFirst = !prompts.has(`${provider} ${fault} ${prompt}`)
    prompts.add(`${provider} ${fault} ${prompt}`)
    asked.add(`${provider} ${fault}`)
    const key = keyIn(request)
    const pieces = STREAMS[STREAM_OF[provider]](sayingOf(fault, prompt, key))
    const answer = { response, provider, pieces, isFirst, key }
    ;(PLAYS[fault] ?? whole)(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const keys = Object.fromEntries(KEY_VARIABLES.map((name) => [name, `key${randomBytes(18).toString('hex')}`]))
  return {
    keys,
    variables: { ...keys, ...addressesAt(url) },
    wasAsked: (provider, fault) => asked.has(`${provider} ${fault}`),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const LIST = {
  data: FAULT_IDS.map((id) => ({ id })),
  models: FAULT_IDS.map((name) => ({ name, supportedGenerationMethods: ['generateContent'] })),
}

function addressesAt(url: string): Record<string, string> {
  return {
    ANTHROPIC_BASE_URL: `${url}/anthropic/v1`,
    OPENAI_BASE_URL: `${url}/openai/v1`,
    GOOGLE_GEMINI_BASE_URL: `${url}/google/v1beta`,
    OPENROUTER_BASE_URL: `${url}/openrouter/v1`,
    COMPATIBLE_BASE_URL: `${url}/compatible/v1`,
    OLLAMA_HOST: url,
  }
}

function keyIn({ headers }: IncomingMessage): string {
  const given = headers['x-api-key'] ?? headers['x-goog-api-key'] ?? headers.authorization ?? ''
  return String(given).replace(/^Bearer /, '')
}

function providerOf({ url = '' }: IncomingMessage): ApiProvider | undefined {
  return url.startsWith('/api/') ? 'ollama' : API_PROVIDERS.find((provider) => url.startsWith(`/${provider}/`))
}

function nameOfModel({ url = '' }: IncomingMessage, body: unknown): string {
  const named = typeof body === 'object' && body !== null && 'model' in body ? String(body.model) : ''
  return named || (/\/models\/([^:]+):/.exec(url)?.[1] ?? '')
}

/** All that a request says, wherever its protocol puts it. */
function textsIn(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? Object.values(value).map(textsIn).join('\n') : ''
}

interface Answer {
  response: ServerResponse
  provider: ApiProvider
  pieces: readonly string[]
  /** Nobody has asked this before. */
  isFirst: boolean
  /** What the caller was let in with. */
  key: string
}

const PLAYS: Partial<Record<FaultId, (answer: Answer) => void>> = {
  'hang-before': () => undefined,
  aborted: () => undefined,
  'hang-within': (answer) => start(answer, answer.pieces.slice(0, 1)),
  'hang-after': (answer) => start(answer, answer.pieces),
  'no-result': (answer) => void open(answer).end(),
  'half-line': (answer) => {
    start(answer, answer.pieces.slice(0, 1))
    answer.response.end((answer.pieces[1] ?? '').slice(0, 20))
  },
  'rate-limit': (answer) => refuse(answer, 429, 'Too many requests'),
  'rate-limit-once': (answer) => onFirst(answer, () => refuse(answer, 429, 'Too many requests')),
  'rate-limit-wait': (answer) => onFirst(answer, () => refuse(answer, 429, 'Too many requests', '1')),
  'rate-limit-long': (answer) => refuse(answer, 429, 'Too many requests', '3600'),
  'server-error': (answer) => refuse(answer, 500, 'Internal server error'),
  'server-error-once': (answer) => onFirst(answer, () => refuse(answer, 500, 'Internal server error')),
  'slow-drip': (answer) => {
    start(answer, answer.pieces.slice(0, 1))
    const drip = setInterval(() => answer.response.write(answer.pieces[1] ?? '\n'), DRIP_MS)
    answer.response.on('close', () => clearInterval(drip))
  },
  'invalid-utf8': (answer) => {
    open(answer)
    for (const piece of answer.pieces) answer.response.write(withBrokenBytes(piece))
    answer.response.end()
  },
  'endless-line': (answer) => pour(answer, Buffer.alloc(1 << 20, 'x')),
  'endless-lines': (answer) => pour(answer, Buffer.from((answer.pieces[1] ?? '').repeat(100))),
  'wrong-schema': (answer) => {
    open(answer)
    for (const piece of answer.pieces)
      answer.response.write(
        piece.replaceAll(/"(content|text|parts|candidates|choices|delta|message)":/g, '"$1":7,"_":'),
      )
    answer.response.end()
  },
  'bad-key': (answer) => refuse(answer, 401, `Incorrect API key provided: ${answer.key}`),
  'unknown-model': (answer) => refuse(answer, 404, 'The model unknown-model does not exist'),
  'no-credit': (answer) => refuse(answer, 402, 'Your credit balance is too low'),
}

function whole(answer: Answer): void {
  start(answer, answer.pieces)
  answer.response.end()
}

function onFirst(answer: Answer, wrong: () => void): void {
  if (answer.isFirst) wrong()
  else whole(answer)
}

function open({ response, provider }: Answer): ServerResponse {
  return response.writeHead(200, {
    'content-type': provider === 'ollama' ? 'application/x-ndjson' : 'text/event-stream',
  })
}

function start(answer: Answer, pieces: readonly string[]): void {
  open(answer)
  for (const piece of pieces) answer.response.write(piece)
}

function pour(answer: Answer, block: Buffer): void {
  const response = open(answer)
  const more = () => {
    while (!response.destroyed && response.write(block));
  }
  response.on('drain', more)
  more()
}

function refuse({ response, provider }: Answer, status: number, ...[message, retryAfter]: [string, string?]): void {
  const error = { type: 'an_error', code: status, status: 'AN_ERROR', message }
  if (retryAfter) response.setHeader('retry-after', retryAfter)
  sendJson(response, status, provider === 'ollama' ? { error: message } : { type: 'error', error })
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
