import type { z } from 'zod'
import { DocsfyError, type Issue } from '#lib/errors.ts'

export const MAX_BODY_BYTES = 64 * 1024

/** Checks a value against a schema. Throws `invalid_input` with every problem and where it is. */
export function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues: Issue[] = parsed.error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }))
  const sentence = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')
  throw new DocsfyError('invalid_input', sentence, { issues })
}

/** The JSON body of a request; `{}` when it has none. Throws `bad_request` or `limit_reached`. */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await readLimited(request)
  if (bytes.length === 0) return {}
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? ''))
    throw new DocsfyError('bad_request', 'Send the body as JSON, with the header Content-Type: application/json')
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new DocsfyError('bad_request', 'The body is not valid JSON')
  }
}

async function readLimited(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of request.body ?? []) {
    total += chunk.byteLength
    if (total > MAX_BODY_BYTES)
      throw new DocsfyError('limit_reached', `The body is larger than ${MAX_BODY_BYTES / 1024} kB`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
