/** Reads a number written seven bits a byte, lowest first, and moves the cursor behind it. */
export function readSize(data: Buffer, cursor: { at: number }): number {
  let value = 0
  for (let shift = 0; shift < 49; shift += 7) {
    const byte = byteAt(data, cursor)
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return value
  }
  throw new Error('A number in a Git object is too long')
}

/** Size of what a delta makes. */
export function deltaResultSize(delta: Buffer): number {
  const cursor = { at: 0 }
  readSize(delta, cursor)
  return readSize(delta, cursor)
}

/** Makes an object from its base and a delta: copies of parts of the base, and new bytes. Format: `gitformat-pack`. */
export function applyDelta(base: Buffer, delta: Buffer): Buffer {
  const cursor = { at: 0 }
  if (readSize(delta, cursor) !== base.length) throw new Error('A delta does not fit its base')
  const result = Buffer.allocUnsafe(readSize(delta, cursor))
  let filled = 0
  while (cursor.at < delta.length) {
    const command = byteAt(delta, cursor)
    const [source, from, size] =
      command & 0x80 ? [base, ...copyOf(delta, { cursor, command })] : [delta, cursor.at, command]
    if (size === 0 || from + size > source.length || filled + size > result.length)
      throw new Error('A delta reaches outside its base')
    source.copy(result, filled, from, from + size)
    filled += size
    if (source === delta) cursor.at += size
  }
  if (filled !== result.length) throw new Error('A delta is incomplete')
  return result
}

/** Offset and size of a copy: each bit of the command says whether that byte of them follows. */
function copyOf(delta: Buffer, { cursor, command }: { cursor: { at: number }; command: number }): [number, number] {
  let from = 0
  let size = 0
  for (let i = 0; i < 4; i += 1) if (command & (1 << i)) from += byteAt(delta, cursor) * 2 ** (8 * i)
  for (let i = 0; i < 3; i += 1) if (command & (0x10 << i)) size += byteAt(delta, cursor) * 2 ** (8 * i)
  return [from, size === 0 ? 0x10000 : size]
}

export function byteAt(data: Buffer, cursor: { at: number }): number {
  const byte = data[cursor.at]
  if (byte === undefined) throw new Error('A Git object ends too early')
  cursor.at += 1
  return byte
}
