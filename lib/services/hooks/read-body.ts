import { DocsfyError } from '#lib/errors.ts'

/** A delivery as it came: nothing of it is read before somebody asks, because the sender may be anybody. */
export interface DeliveryBody {
  bytes: Uint8Array
  /** The text of the field `payload` when the body is a form that has one, else null. */
  inForm: () => Uint8Array | null
  /** What was sent, as JSON; an empty object for nothing. Throws `bad_request` for JSON that is none. */
  payload: () => unknown
}

/**
 * The body of a delivery: JSON, or a form with the JSON in its field `payload` (which GitHub and Gitea send unless told
 * otherwise), or, from curl, a form with other fields.
 */
export function readDeliveryBody(contentType: string, bytes: Uint8Array): DeliveryBody {
  let decoded: URLSearchParams | null | undefined
  const form = () => {
    if (decoded === undefined) decoded = isForm(contentType) ? formIn(textOf(bytes)) : null
    return decoded
  }
  return {
    bytes,
    inForm() {
      const payload = form()?.get('payload') ?? null
      return payload === null ? null : Buffer.from(payload)
    },
    payload() {
      const fields = form()
      const json = fields ? fields.get('payload') : textOf(bytes)
      return json === null ? Object.fromEntries(fields ?? []) : parsed(json)
    },
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}

function isForm(contentType: string): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(contentType)
}

/** Null for JSON and for nothing: curl names every body a form. */
function formIn(text: string): URLSearchParams | null {
  return /^\s*(\{|$)/.test(text) ? null : new URLSearchParams(text)
}

function parsed(text: string): unknown {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw new DocsfyError('bad_request', 'The body is neither JSON nor a form with JSON in its field "payload"')
  }
}
