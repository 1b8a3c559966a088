import { OutputLimitError } from './lines-of.ts'

const MAX_ANSWER_BYTES = 32 * 1024 * 1024
/** An event is kept until its line ends; whole answers have a tenth of this. */
const MAX_LINE_BYTES = 2 * 1024 * 1024
const NEWLINE = 0x0a
/** What ends a stream of server-sent events. In words of the model, newlines and quotes have a backslash before them. */
const LAST_EVENT = /\ndata: ?\[DONE\]/
/** The model has ended; what the answer took is still to come. */
const MODEL_ENDED = /"finish_?reason" ?: ?"/i
const LONGEST_MARK = 32
/** Some servers leave the connection open after their last word. */
const END_MS = 5000

interface Watching {
  /** Every piece of the answer is a sign of life. */
  touch: () => void
}

/**
 * `fetch` that counts what comes: an answer of more than 32 MB, or 2 MB in a line, ends with an OutputLimitError. Redirects
 * are not followed. A stream whose model has ended is closed with its last event, or after 5 s.
 */
export function watchedFetch({ touch }: Watching): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'error' })
    touch()
    const { status, statusText, headers } = response
    return new Response(response.body?.pipeThrough(watched(touch, init?.signal)) ?? null, {
      status,
      statusText,
      headers,
    })
  }
}

type Bytes = Uint8Array<ArrayBuffer>

function watched(touch: () => void, signal?: AbortSignal | null): TransformStream<Bytes, Bytes> {
  let total = 0
  let line = 0
  let tail = ''
  let ending: NodeJS.Timeout | null = null
  const stopEnding = () => clearTimeout(ending ?? undefined)
  // Every call aborts its signal when it is over.
  signal?.addEventListener('abort', stopEnding, { once: true })
  return new TransformStream<Bytes, Bytes>({
    transform(chunk, controller) {
      touch()
      total += chunk.byteLength
      const end = chunk.lastIndexOf(NEWLINE)
      line = end < 0 ? line + chunk.byteLength : chunk.byteLength - end - 1
      const limit = total > MAX_ANSWER_BYTES ? `more than ${MAX_ANSWER_BYTES} bytes` : null
      const lineLimit = line > MAX_LINE_BYTES ? `a line of more than ${MAX_LINE_BYTES} bytes` : null
      const reached = limit ?? lineLimit
      if (reached) return controller.error(new OutputLimitError(reached))
      controller.enqueue(chunk)
      const text = tail + Buffer.from(chunk).toString('latin1')
      tail = text.slice(-LONGEST_MARK)
      if (LAST_EVENT.test(text)) {
        stopEnding()
        controller.terminate()
      } else if (MODEL_ENDED.test(text)) ending ??= setTimeout(() => controller.terminate(), END_MS).unref()
    },
    flush: stopEnding,
  })
}
