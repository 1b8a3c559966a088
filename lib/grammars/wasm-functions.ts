const HEADER_BYTES = 8
const CODE_SECTION = 10

/** Bytes of the largest function of a WebAssembly module; 0 when it has none. */
export function largestFunction(bytes: Uint8Array): number {
  for (let at = HEADER_BYTES; at < bytes.length; ) {
    const size = unsigned(bytes, at + 1)
    if (bytes[at] === CODE_SECTION) return largestBody(bytes, size.end)
    at = size.end + size.value
  }
  return 0
}

function largestBody(bytes: Uint8Array, start: number): number {
  const count = unsigned(bytes, start)
  let largest = 0
  let at = count.end
  for (let left = count.value; left > 0; left -= 1) {
    const body = unsigned(bytes, at)
    largest = Math.max(largest, body.value)
    at = body.end + body.value
  }
  return largest
}

/** A number in seven bits a byte, lowest first. */
function unsigned(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0
  for (let at = start, shift = 0; at < bytes.length; at += 1, shift += 7) {
    const byte = bytes[at] ?? 0
    value += (byte & 127) * 2 ** shift
    if (byte < 128) return { value, end: at + 1 }
  }
  return { value, end: bytes.length }
}
