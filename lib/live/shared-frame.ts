import { promisify } from 'node:util'
import { constants, deflateRaw } from 'node:zlib'

const FINAL_TEXT = 0x81
/** With the bit that says its payload is compressed (RFC 7692, 6). */
const COMPRESSED_TEXT = 0xc1
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

/**
 * What `numberedPieces` is given, compressed off the event loop, once for everybody who gets it. Ends at the border of a
 * byte, so that more can follow.
 */
export function pack(open: Buffer[]): Promise<Buffer> {
  return promisify(deflateRaw)(Buffer.concat(open), { level: 1, finishFlush: constants.Z_SYNC_FLUSH })
}

/** Like `numberedPieces`, of what `pack` has made, for clients that take compressed frames. */
export function packedPieces(packed: Buffer, seq: number): Buffer[] {
  const end = storedBlock(`${seq}}`)
  return [header(packed.length + end.length, COMPRESSED_TEXT), packed, end]
}

/** Deflate's block for what is not worth compressing, then the first byte of the empty block a message ends with. */
function storedBlock(ascii: string): Buffer {
  const { length } = ascii
  const size = [length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff]
  return Buffer.concat([Buffer.from([0, ...size]), Buffer.from(ascii, 'latin1'), Buffer.from([0])])
}

/** A whole text frame on the wire. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  return Buffer.concat([header(payload.length), payload])
}

/** Header of an unmasked, final text frame (RFC 6455, 5.2). */
function header(length: number, kind = FINAL_TEXT): Buffer {
  if (length < LENGTH_IN_16_BITS) return Buffer.from([kind, length])
  if (length < 2 ** 16) return Buffer.from([kind, LENGTH_IN_16_BITS, length >> 8, length & 0xff])
  const bytes = Buffer.alloc(10)
  bytes[0] = kind
  bytes[1] = LENGTH_IN_64_BITS
  bytes.writeBigUInt64BE(BigInt(length), 2)
  return bytes
}
