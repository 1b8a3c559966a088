import { type IncomingHttpHeaders, request } from 'node:http'

export interface Sent {
  method?: string
  headers?: Record<string, string>
  /** Sent as JSON; text is sent as it is. */
  body?: unknown
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  bytes: Buffer
  text: string
  /** The body as JSON; undefined when it is none. */
  json: unknown
}

/** One request whose path goes over the wire exactly as given. */
export function send(url: string, path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  const { hostname, port } = new URL(url)
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  const length =
    text === undefined || headers['transfer-encoding'] ? {} : { 'content-length': String(Buffer.byteLength(text)) }
  const asked = request(
    { hostname, port, path, method, headers: { ...type, ...length, ...headers }, agent: false },
    (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const bytes = Buffer.concat(chunks)
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes,
          text: bytes.toString('utf8'),
          json: parsed(bytes.toString('utf8')),
        })
      })
    },
  )
  asked.on('error', reject)
  asked.end(text)
  return promise
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
