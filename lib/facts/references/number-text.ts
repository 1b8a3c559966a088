/** The first character; those of 91 digits follow it, but for the one JSON escapes. */
const FIRST = '#'.charCodeAt(0)
const ESCAPED = '\\'.charCodeAt(0)
/** Digits below end a number; the others say that more follow. */
const ENDING = 45
const GOING_ON = 46

/**
 * Whole numbers from -1 on as one text, parsed and passed on many times faster than a list of numbers. Of characters that
 * JSON takes as they are and that cost a byte each, so that the text around them costs no more either.
 */
export function packNumbers(numbers: number[]): string {
  const bytes: number[] = []
  for (const number of numbers) {
    let left = number + 1
    for (; left >= ENDING; left = Math.floor(left / GOING_ON)) bytes.push(characterOf(ENDING + (left % GOING_ON)))
    bytes.push(characterOf(left))
  }
  return Buffer.from(bytes).toString('latin1')
}

/** The numbers of a packed text. */
export function unpackNumbers(text: string): Int32Array<ArrayBuffer> {
  const numbers = new Int32Array(text.length)
  let count = 0
  let sum = 0
  let worth = 1
  for (let at = 0; at < text.length; at += 1) {
    const digit = digitOf(text.charCodeAt(at))
    if (digit < ENDING) {
      numbers[count] = sum + digit * worth - 1
      count += 1
      sum = 0
      worth = 1
    } else {
      sum += (digit - ENDING) * worth
      worth *= GOING_ON
    }
  }
  return numbers.slice(0, count)
}

function characterOf(digit: number): number {
  return digit + FIRST >= ESCAPED ? digit + FIRST + 1 : digit + FIRST
}

function digitOf(character: number): number {
  return character > ESCAPED ? character - FIRST - 1 : character - FIRST
}
