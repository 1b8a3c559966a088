import type { z } from 'zod'
import { DocsfyError } from '#lib/errors.ts'
import { issueMessage, issuesOf, issuesSentence } from '#lib/http/issue-sentences.ts'

export const MAX_BODY_BYTES = 64 * 1024

/** Checks a value against a schema. Throws `invalid_input` with every problem and where it is. */
export function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value, { error: issueMessage })
  if (parsed.success) return parsed.data
  const issues = issuesOf(parsed.error)
  throw new DocsfyError('invalid_input', issuesSentence(issues), { issues })
}

/** Throws `bad_request` when a request does not say that it carries JSON. */
export function needJson(request: Request): void {
  if (/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) return
  throw new DocsfyError('bad_request', 'Send the body as JSON, with the header Content-Type: application/json')
}

/** The JSON body of a request; `{}` when it has none. Throws `bad_request` or `limit_reached`. */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBytes(request, MAX_BODY_BYTES)
  if (bytes.length === 0) return {}
  needJson(request)
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new DocsfyError('bad_request', 'The body is not valid JSON')
  }
}

/** The body of a request as it came. Throws `limit_reached` as soon as it is larger. */
export async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers.get('content-length')) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of request.body ?? []) {
    total += chunk.byteLength
    if (total > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function tooLarge(maxBytes: number): DocsfyError {
  const kB = maxBytes / 1024
  return new DocsfyError('limit_reached', `The body is larger than ${kB < 1024 ? `${kB} kB` : `${kB / 1024} MB`}`)
}
