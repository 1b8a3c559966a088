import { type ApiClient, ApiError, createApiClient } from '#lib/api-client.ts'
import type { Connection } from './connection.ts'

const ANSWER_WITHIN_MS = 30_000

/**
 * The API of a server, as commands use it. Errors name the server; a redirect is an error, because a key must not follow it.
 * What takes a server longer to answer says so with `answerWithinMs`.
 */
export function createClient(
  { url, apiKey }: Connection,
  { answerWithinMs = ANSWER_WITHIN_MS }: { answerWithinMs?: number } = {},
): ApiClient {
  return createApiClient({ baseUrl: url, apiKey: apiKey ?? undefined, fetch: send })

  async function send(address: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const response = await answered(address, init)
    if (response.status < 300 || response.status > 399) return response
    const target = response.headers.get('location') ?? 'nowhere'
    throw new ApiError(response.status, `The server redirected to ${target}: check the server address`)
  }

  /** The limit is for the start of the answer: a download may take its time. */
  async function answered(address: string | URL | Request, init: RequestInit): Promise<Response> {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), answerWithinMs)
    const signal = init.signal ? AbortSignal.any([init.signal, late.signal]) : late.signal
    try {
      return await fetch(address, { ...init, signal, redirect: 'manual' })
    } catch (error) {
      if (init.signal?.aborted) throw error
      throw new ApiError(0, `The server at ${url} does not answer: check the address and that it is running`)
    } finally {
      clearTimeout(timer)
    }
  }
}
