const NEWLINE = 0x0a

/** Thrown when a program says more than it may: in one line, or in all. */
export class OutputLimitError extends Error {}

export interface OutputLimits {
  lineBytes: number
  totalBytes: number
}

/**
 * Cuts bytes into lines of UTF-8 text as they come, whatever the chunks. Invalid bytes become U+FFFD; the last line needs
 * no newline. Throws OutputLimitError at a limit, so that what has no end takes no memory.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, limits: OutputLimits): AsyncGenerator<string> {
  let parts: Uint8Array[] = []
  let pending = 0
  let total = 0
  for await (const chunk of chunks) {
    total += chunk.byteLength
    if (total > limits.totalBytes) throw new OutputLimitError(`more than ${limits.totalBytes} bytes`)
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      parts.push(chunk.subarray(from, end))
      yield Buffer.concat(parts).toString('utf8')
      parts = []
      pending = 0
      from = end + 1
    }
    if (from === chunk.byteLength) continue
    pending += chunk.byteLength - from
    if (pending > limits.lineBytes) throw new OutputLimitError(`a line of more than ${limits.lineBytes} bytes`)
    parts.push(chunk.subarray(from))
  }
  if (pending > 0) yield Buffer.concat(parts).toString('utf8')
}
