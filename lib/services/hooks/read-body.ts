import { DocsfyError } from '#lib/errors.ts'

export interface DeliveryBody {
  /** What was sent, as JSON; null for nothing. */
  payload: unknown
  /** Bytes that a sender may have signed. */
  signable: Uint8Array[]
}

/**
 * Reads the body of a delivery: JSON, or a form with the JSON in its field `payload` (which GitHub and Gitea send unless
 * told otherwise), or, from curl, a form with other fields. Throws `bad_request` for JSON that is none.
 */
export function readDeliveryBody(contentType: string, body: Uint8Array): DeliveryBody {
  const text = Buffer.from(body).toString('utf8')
  if (text.trim() === '') return { payload: null, signable: [body] }
  // curl names every body a form, JSON too.
  if (!isForm(contentType) || /^\s*\{/.test(text)) return { payload: parsed(text), signable: [body] }
  const form = new URLSearchParams(text)
  const payload = form.get('payload')
  if (payload === null) return { payload: Object.fromEntries(form), signable: [body] }
  return { payload: parsed(payload), signable: [body, Buffer.from(payload)] }
}

function isForm(contentType: string): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(contentType)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new DocsfyError('bad_request', 'The body is neither JSON nor a form with JSON in its field "payload"')
  }
}
