import type { GitHttpRequest, HttpClient } from 'isomorphic-git'

const LENGTH_DIGITS = 4
const CAPABILITY = ' thin-pack'

/**
 * Lets isomorphic-git ask for a thin pack: one whose deltas may start from objects we said we have. Without it a server
 * sends every file again when a depth is given, because our newest commit is then not a parent of the wanted one.
 */
export function askingForThinPacks(http: HttpClient): HttpClient {
  return { request: async (request) => http.request({ ...request, body: await thinned(request) }) }
}

/** Adds the capability to the first packet of a fetch request, the one that wants a commit. */
async function thinned({ body }: GitHttpRequest): Promise<GitHttpRequest['body']> {
  if (!body) return body
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  const [first = Buffer.alloc(0), ...rest] = parts
  const packets = Buffer.from(first)
  if (!/^[0-9a-f]{4}want [0-9a-f]{40} [^\n]+\n/.test(packets.toString('latin1', 0, 1000)))
    return chunks([first, ...rest])
  const length = Number.parseInt(packets.toString('latin1', 0, LENGTH_DIGITS), 16)
  const line = packets.toString('latin1', LENGTH_DIGITS, length - 1) + CAPABILITY
  const digits = (length + CAPABILITY.length).toString(16).padStart(LENGTH_DIGITS, '0')
  return chunks([Buffer.from(`${digits}${line}\n`, 'latin1'), packets.subarray(length), ...rest])
}

async function* chunks(parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts
}
