import type { LookupAddress } from 'node:dns'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { DocsfyError } from '#lib/errors.ts'

export interface Call {
  url: URL
  method: string
  headers: Record<string, string>
  payload: Buffer | null
  /** Checked addresses of the host: only these are dialled. */
  addresses: LookupAddress[]
  /** Certificates that are trusted, as PEM; absent: those of Node. */
  ca?: string[]
  signal: AbortSignal
  idleTimeoutMs: number
}

/** Sends one HTTP request, without redirects, proxies or kept connections. The signal closes the socket at any time. */
export function dial({
  url,
  method,
  headers,
  payload,
  addresses,
  ca,
  signal,
  idleTimeoutMs,
}: Call): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    let response: IncomingMessage | null = null
    const request = send(url, {
      method,
      headers,
      ca,
      agent: false,
      signal,
      lookup: answerWith(addresses),
      timeout: idleTimeoutMs,
    })
    request.on('timeout', () => (response ?? request).destroy(silent(url, idleTimeoutMs)))
    request.on('error', reject)
    request.on('response', (received) => {
      response = received
      resolve(received)
    })
    if (payload) request.setHeader('content-length', payload.byteLength)
    request.end(payload ?? undefined)
  })
}

/** A resolver that knows one answer, so that the address that was checked is the address that is dialled. */
function answerWith(addresses: LookupAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses
    if (options.all) callback(null, addresses)
    else callback(null, first?.address ?? '', first?.family)
  }
}

function silent(url: URL, idleTimeoutMs: number): DocsfyError {
  const seconds = Math.round(idleTimeoutMs / 1000)
  return new DocsfyError('timed_out', `The server ${url.host} sent nothing for ${seconds} s: try again later`)
}
