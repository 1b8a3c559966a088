import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { type Encoding, packedContent, type SiteFile } from '#lib/http/site-files.ts'

export interface Sending {
  file: SiteFile
  status: 200 | 404
  headers: Record<string, string>
}

interface Range {
  start: number
  /** Included. */
  end: number
}

/**
 * Answers GET or HEAD with a file: compressed as the client wants it, 304 to whom has it, and a part of it, uncompressed, to
 * whom asks for one range. Resolves when a large file, which is streamed, is through.
 */
export async function sendFile(request: IncomingMessage, response: ServerResponse, sending: Sending): Promise<void> {
  const { file, status } = sending
  const wantsRange = status === 200 && request.headers.range !== undefined && mayHaveRange(request, file)
  const range = wantsRange ? rangeIn(request.headers.range ?? '', file.bytes) : null
  const encoding = !range && file.isCompressible ? wantedEncoding(request.headers['accept-encoding'] ?? '') : null
  const etag = encoding ? file.etag.replace(/"$/, `-${encoding}"`) : file.etag
  const headers: Record<string, string | number> = { ...sending.headers, etag, 'accept-ranges': 'bytes' }
  if (file.isCompressible) headers.vary = 'accept-encoding'
  if (status === 200 && isKnown(request.headers['if-none-match'], etag)) {
    response.writeHead(304, headers).end()
    return
  }
  if (range === 'outside') {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${file.bytes}` }).end()
    return
  }
  headers['content-type'] = file.type
  if (range) headers['content-range'] = `bytes ${range.start}-${range.end}/${file.bytes}`
  if (encoding) headers['content-encoding'] = encoding
  const code = range ? 206 : status
  if (!file.content) return stream(request, response, { file, range, code, headers })
  const whole = encoding ? await packedContent(file, file.content, encoding) : file.content
  const body = range ? whole.subarray(range.start, range.end + 1) : whole
  response.writeHead(code, { ...headers, 'content-length': body.length })
  response.end(request.method === 'HEAD' ? undefined : body)
}

interface Streamed {
  file: SiteFile
  range: Range | null
  code: number
  headers: Record<string, string | number>
}

async function stream(
  request: IncomingMessage,
  response: ServerResponse,
  { file, range, code, headers }: Streamed,
): Promise<void> {
  const { start, end } = range ?? { start: 0, end: file.bytes - 1 }
  response.writeHead(code, { ...headers, 'content-length': end - start + 1 })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  // A reader that goes away ends it early, which is no failure.
  await pipeline(createReadStream(file.path, { start, end }), response).catch(() => response.destroy())
}

/** The better of both encodings a client takes; null when it takes the file only as it is. */
function wantedEncoding(accepted: string): Encoding | null {
  const qualities = new Map<string, number>()
  for (const part of accepted.toLowerCase().split(',')) {
    const [name = '', quality = ''] = part.split(';').map((piece) => piece.trim())
    qualities.set(name, /^q=/.test(quality) ? Number(quality.slice(2)) || 0 : 1)
  }
  const of = (encoding: Encoding) => qualities.get(encoding) ?? qualities.get('*') ?? 0
  const best: Encoding = of('br') >= of('gzip') ? 'br' : 'gzip'
  return of(best) > 0 ? best : null
}

/** Whether a client has this very version; weak marks count as the strong ones. */
function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  if (header === etag || header.trim() === '*') return true
  return header.split(',').some((part) => part.trim().replace(/^W\//, '') === etag)
}

/** A part of another version would not fit what the client has. */
function mayHaveRange(request: IncomingMessage, file: SiteFile): boolean {
  const condition = request.headers['if-range']
  return request.method === 'GET' && (condition === undefined || condition === file.etag)
}

/** The one range asked for; null for none that is understood, for which the whole file is sent. */
function rangeIn(header: string, bytes: number): Range | 'outside' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim())
  if (!match || (!match[1] && !match[2])) return null
  const [, first = '', last = ''] = match
  const start = first ? Number(first) : Math.max(0, bytes - Number(last))
  const end = first && last ? Math.min(Number(last), bytes - 1) : bytes - 1
  if (first && last && Number(last) < Number(first)) return null
  return start >= bytes || (!first && Number(last) === 0) ? 'outside' : { start, end }
}
