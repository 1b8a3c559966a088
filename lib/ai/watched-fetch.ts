import { OutputLimitError } from './lines-of.ts'

const MAX_ANSWER_BYTES = 32 * 1024 * 1024

interface Watching {
  /** Every piece of the answer is a sign of life. */
  touch: () => void
}

/** `fetch` that counts what comes: an answer of more than 32 MB ends with an OutputLimitError. Redirects are not followed. */
export function watchedFetch({ touch }: Watching): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'error' })
    touch()
    let total = 0
    const counted = response.body?.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          touch()
          total += chunk.byteLength
          if (total > MAX_ANSWER_BYTES) controller.error(new OutputLimitError(`more than ${MAX_ANSWER_BYTES} bytes`))
          else controller.enqueue(chunk)
        },
      }),
    )
    const { status, statusText, headers } = response
    return new Response(counted ?? null, { status, statusText, headers })
  }
}
