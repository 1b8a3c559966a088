import type { IncomingHttpHeaders } from 'node:http'
import { request } from 'node:https'
import { buffer } from 'node:stream/consumers'

export interface Sent {
  headers: Record<string, string>
  /** Sent as JSON by POST; a text as it is. Absent: GET. */
  body?: unknown
}

export interface Received {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** One request to a proxy whose certificate nobody has signed. */
export function send(host: string, path: string, { headers, body }: Sent): Promise<Received> {
  const method = body === undefined ? 'GET' : 'POST'
  const content = typeof body === 'string' ? body : JSON.stringify(body)
  const all = { ...(content === undefined ? {} : { 'content-type': 'application/json' }), ...headers }
  return new Promise((resolve, reject) => {
    const sent = request(`https://${host}${path}`, { method, headers: all, rejectUnauthorized: false }, (response) => {
      const { statusCode: status = 0 } = response
      buffer(response).then((received) => resolve({ status, headers: response.headers, body: received }), reject)
    })
    sent.on('error', reject)
    sent.end(content)
  })
}
