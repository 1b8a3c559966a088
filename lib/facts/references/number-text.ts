/** Above all characters that JSON escapes, so that a number costs two bytes in memory and at most three on disk. */
const ZERO = 0x81
const LARGEST = 0xffff - ZERO

/** Whole numbers from -1 to 65,406 as one text: parsed and passed on many times faster than a list of numbers. */
export function packNumbers(numbers: number[]): string {
  const parts: string[] = []
  for (let at = 0; at < numbers.length; at += 4_096) {
    const slice = numbers.slice(at, at + 4_096).map((number) => Math.min(number, LARGEST) + ZERO)
    parts.push(String.fromCharCode(...slice))
  }
  return parts.join('')
}

/** The numbers of a packed text. */
export function unpackNumbers(text: string): Int32Array<ArrayBuffer> {
  const numbers = new Int32Array(text.length)
  for (let at = 0; at < text.length; at += 1) numbers[at] = text.charCodeAt(at) - ZERO
  return numbers
}
