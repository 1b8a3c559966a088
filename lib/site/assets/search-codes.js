const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUES = new Uint8Array(128)
for (let value = 0; value < DIGITS.length; value += 1) VALUES[DIGITS.charCodeAt(value)] = value

/** Rising numbers as text: the differences in digits of five bits, of which all but the last are marked. */
export function encodeRising(numbers) {
  let text = ''
  let last = 0
  for (const number of numbers) {
    let rest = number - last
    last = number
    for (; rest > 31; rest >>>= 5) text += DIGITS[32 + (rest & 31)]
    text += DIGITS[rest]
  }
  return text
}

export function decodeRising(text) {
  const numbers = []
  let last = 0
  let shift = 0
  for (let at = 0; at < text.length; at += 1) {
    const value = VALUES[text.charCodeAt(at)]
    last += (value & 31) << shift
    shift += 5
    if (value > 31) continue
    numbers.push(last)
    shift = 0
  }
  return numbers
}

/** Sorted words as text: each as what it does not share with the one before it, after the length of what it shares. */
export function encodeSorted(words) {
  let last = ''
  return words.map((word) => {
    let shared = 0
    while (shared < 31 && shared < word.length && word[shared] === last[shared]) shared += 1
    last = word
    return DIGITS[shared] + word.slice(shared)
  })
}

export function decodeSorted(words) {
  let last = ''
  return words.map((word) => {
    last = last.slice(0, VALUES[word.charCodeAt(0)]) + word.slice(1)
    return last
  })
}
