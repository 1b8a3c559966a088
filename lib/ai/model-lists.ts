import type { AiFailure } from '#lib/domain/ai.ts'
import type { AiProvider, ModelName } from '#lib/domain/providers.ts'
import { type Access, baseUrlOf } from './base-urls.ts'
import { failureOfAnswer } from './http-call.ts'
import { ollamaAddress, ollamaHeaders } from './ollama-transport.ts'
import { object, text } from './program-adapter.ts'
import type { ProgramProvider } from './transports.ts'

export type HttpProvider = Exclude<AiProvider, ProgramProvider>

export interface ModelList {
  /** Variables its key may be in, as people are told of them. */
  key: string
  /** What has to be set before it can be asked; null when nothing is. */
  missing(access: Access): string | null
  models(access: Access, signal: AbortSignal): Promise<ModelName[]>
  /** What to do when it cannot be reached. */
  address: string
  /** What to do when it answers with none. */
  noModels?: string
}

/** Not every model of a vendor writes text. */
const NO_TEXT =
  /embed|whisper|tts|audio|realtime|image|dall-e|moderation|transcribe|search|sora|vision-preview|instruct$|babbage|davinci/
const MAX_BYTES = 16 * 1024 * 1024

/** Where each vendor lists its models, and how it is asked. */
export const MODEL_LISTS: Record<HttpProvider, ModelList> = {
  anthropic: {
    key: 'ANTHROPIC_API_KEY',
    address: vendor('ANTHROPIC_BASE_URL'),
    missing: needs('ANTHROPIC_API_KEY'),
    models: async (access, signal) => {
      const url = `${baseUrlOf('anthropic', access)}/models?limit=1000`
      const headers = { 'x-api-key': access.ANTHROPIC_API_KEY ?? '', 'anthropic-version': '2023-06-01' }
      return named(object(await getJson(url, { headers, signal })).data, 'display_name')
    },
  },
  openai: {
    key: 'OPENAI_API_KEY',
    address: vendor('OPENAI_BASE_URL'),
    missing: needs('OPENAI_API_KEY'),
    models: async (access, signal) => {
      const url = `${baseUrlOf('openai', access)}/models`
      const listed = named(object(await getJson(url, { headers: bearer(access.OPENAI_API_KEY), signal })).data)
      return listed.filter(({ id }) => !NO_TEXT.test(id))
    },
  },
  google: {
    key: 'GEMINI_API_KEY or GOOGLE_API_KEY',
    address: vendor('GOOGLE_GEMINI_BASE_URL'),
    missing: (access) => (access.GEMINI_API_KEY || access.GOOGLE_API_KEY ? null : 'set GEMINI_API_KEY'),
    models: async (access, signal) => {
      const headers = { 'x-goog-api-key': access.GEMINI_API_KEY ?? access.GOOGLE_API_KEY ?? '' }
      const { models } = object(
        await getJson(`${baseUrlOf('google', access)}/models?pageSize=1000`, { headers, signal }),
      )
      const writing = rows(models).filter(({ supportedGenerationMethods: methods }) =>
        [methods].flat().includes('generateContent'),
      )
      return named(writing, 'displayName', 'name')
        .map(({ id, name }) => ({ id: id.replace(/^models\//, ''), name }))
        .filter(({ id }) => !NO_TEXT.test(id))
    },
  },
  openrouter: {
    key: 'OPENROUTER_API_KEY',
    address: vendor('OPENROUTER_BASE_URL'),
    missing: needs('OPENROUTER_API_KEY'),
    models: async (access, signal) => {
      const url = `${baseUrlOf('openrouter', access)}/models`
      return named(object(await getJson(url, { headers: bearer(access.OPENROUTER_API_KEY), signal })).data, 'name')
    },
  },
  compatible: {
    key: 'COMPATIBLE_API_KEY',
    address: 'start it, or check COMPATIBLE_BASE_URL',
    missing: needs('COMPATIBLE_BASE_URL'),
    models: async (access, signal) => {
      const headers = bearer(access.COMPATIBLE_API_KEY)
      return named(object(await getJson(`${baseUrlOf('compatible', access)}/models`, { headers, signal })).data)
    },
  },
  ollama: {
    key: 'OLLAMA_API_KEY',
    address: 'start it ("ollama serve"), or set OLLAMA_HOST',
    missing: () => null,
    models: async (access, signal) => {
      const url = new URL('/api/tags', ollamaAddress(access.OLLAMA_HOST))
      return named(object(await getJson(url, { headers: ollamaHeaders(access), signal })).models, 'name', 'name')
    },
    noModels: 'run "ollama pull" with the model you want',
  },
}

function needs(variable: string) {
  return (access: Access) => (access[variable] ? null : `set ${variable}`)
}

function vendor(variable: string): string {
  return `check the network of the server, and ${variable} where it is set`
}

function bearer(key: string | undefined): Record<string, string> {
  return key ? { authorization: `Bearer ${key}` } : {}
}

function rows(list: unknown) {
  return Array.isArray(list) ? list.map(object) : []
}

function named(list: unknown, nameField = 'id', idField = 'id'): ModelName[] {
  return rows(list).flatMap((row) => {
    const id = text(row[idField])
    return id ? [{ id, name: text(row[nameField]) || id }] : []
  })
}

/** A vendor's server answered, but not with a list. */
export class RefusedError extends Error {
  readonly failure: AiFailure
  constructor(failure: AiFailure) {
    super(failure.message)
    this.failure = failure
  }
}

interface Get {
  headers: Record<string, string>
  signal: AbortSignal
}

async function getJson(url: string | URL, { headers, signal }: Get): Promise<unknown> {
  const response = await fetch(url, { headers, signal, redirect: 'error' })
  const body = await bodyOf(response)
  if (response.ok) return JSON.parse(body)
  const { error, message } = object(parsed(body))
  const said = text(object(error).message) || text(error) || text(message) || response.statusText
  throw new RefusedError(failureOfAnswer({ status: response.status, message: said, body, headers: response.headers }))
}

async function bodyOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of response.body ?? []) {
    total += chunk.byteLength
    if (total > MAX_BYTES) throw new Error(`its list of models has more than ${MAX_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
