const FINAL_TEXT = 0x81
const LENGTH_IN_16_BITS = 126
const LENGTH_IN_64_BITS = 127

/**
 * One event, serialised once for everybody who sees it: the text of its frame up to the number, which alone differs from
 * stream to stream.
 */
export class SharedFrame {
  private readonly open: Buffer

  constructor(frame: object) {
    this.open = openFrame(JSON.stringify(frame))
  }

  /** The bytes on the wire, WebSocket header included, in a stream where the event has this number. */
  numbered(seq: number): Buffer {
    return Buffer.concat(numberedPieces([this.open], seq))
  }
}

/** The bytes of a JSON object, ready to be closed by the value of `seq`. */
export function openFrame(json: string): Buffer {
  return Buffer.from(`${json.slice(0, -1)},"seq":`)
}

/** Like `numbered`, without copying what is large: pieces to be written one after the other. */
export function numberedPieces(open: Buffer[], seq: number): Buffer[] {
  const end = Buffer.from(`${seq}}`, 'latin1')
  const length = open.reduce((sum, piece) => sum + piece.length, end.length)
  return [header(length), ...open, end]
}

/** A whole text frame on the wire. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  return Buffer.concat([header(payload.length), payload])
}

/** Header of an unmasked, final text frame (RFC 6455, 5.2). */
function header(length: number): Buffer {
  if (length < LENGTH_IN_16_BITS) return Buffer.from([FINAL_TEXT, length])
  if (length < 2 ** 16) return Buffer.from([FINAL_TEXT, LENGTH_IN_16_BITS, length >> 8, length & 0xff])
  const bytes = Buffer.alloc(10)
  bytes[0] = FINAL_TEXT
  bytes[1] = LENGTH_IN_64_BITS
  bytes.writeBigUInt64BE(BigInt(length), 2)
  return bytes
}
