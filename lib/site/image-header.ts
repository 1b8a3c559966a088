export interface ImageHeader {
  type: 'png' | 'jpg' | 'gif' | 'webp' | 'avif'
  /** In pixels, as stored. */
  width: number
  height: number
}

type Size = [width: number, height: number]

const JPEG_SEGMENTS = 400
const AVIF_BOXES = 200
/** What no screenshot has; a browser would make as many pixels of a few bytes. */
const MOST_PIXELS_A_SIDE = 16_384

/**
 * What the first bytes of a picture say of it. Null for every other file, for a header that does not say its size, and
 * for a size that no screen shows. Nothing is decoded, and the work is bounded whatever the bytes are.
 */
export function imageHeader(bytes: Uint8Array): ImageHeader | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const type = typeOf(data)
  const size = type && sizeOf(type, data)
  if (!type || !size?.every((side) => side > 0 && side <= MOST_PIXELS_A_SIDE)) return null
  return { type, width: size[0], height: size[1] }
}

function typeOf(data: Buffer): ImageHeader['type'] | null {
  const text = data.toString('latin1', 0, 32)
  if (text.startsWith('\x89PNG\r\n\x1a\n') && text.slice(12, 16) === 'IHDR') return 'png'
  if (text.startsWith('\xff\xd8\xff')) return 'jpg'
  if (/^GIF8[79]a/.test(text)) return 'gif'
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp'
  return /^[\s\S]{4}ftypavi[fs]/.test(text) ? 'avif' : null
}

function sizeOf(type: ImageHeader['type'], data: Buffer): Size | null {
  if (type === 'png') return data.length < 24 ? null : [data.readUInt32BE(16), data.readUInt32BE(20)]
  if (type === 'gif') return data.length < 10 ? null : [data.readUInt16LE(6), data.readUInt16LE(8)]
  if (type === 'jpg') return jpegSize(data)
  return type === 'webp' ? webpSize(data) : avifSize(data)
}

/** Of the first frame; segments before it are passed over. */
function jpegSize(data: Buffer): Size | null {
  let at = 2
  for (let n = 0; n < JPEG_SEGMENTS && at + 9 <= data.length && data[at] === 0xff; n += 1) {
    const marker = data[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return [data.readUInt16BE(at + 7), data.readUInt16BE(at + 5)]
    at += marker === 0xff ? 1 : 2 + data.readUInt16BE(at + 2)
  }
  return null
}

function webpSize(data: Buffer): Size | null {
  if (data.length < 30) return null
  const kind = data.toString('latin1', 12, 16)
  if (kind === 'VP8X') return [data.readUIntLE(24, 3) + 1, data.readUIntLE(27, 3) + 1]
  if (kind === 'VP8 ') return [data.readUInt16LE(26) & 0x3fff, data.readUInt16LE(28) & 0x3fff]
  const bits = data.readUInt32LE(21)
  return kind === 'VP8L' ? [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1] : null
}

/** Boxes on the way to `ispe`, the size of a picture: those are entered, others passed over. The largest is the whole. */
const AVIF_HEADERS: Record<string, number> = { meta: 12, iprp: 8, ipco: 8 }

function avifSize(data: Buffer): Size | null {
  let found: Size | null = null
  let at = 0
  for (let n = 0; n < AVIF_BOXES && at + 8 <= data.length; n += 1) {
    const length = data.readUInt32BE(at)
    const kind = data.toString('latin1', at + 4, at + 8)
    if (kind === 'ispe' && at + 20 <= data.length) {
      const size: Size = [data.readUInt32BE(at + 12), data.readUInt32BE(at + 16)]
      if (!found || size[0] * size[1] > found[0] * found[1]) found = size
    }
    const step = AVIF_HEADERS[kind] ?? length
    if (step < 8) return found
    at += step
  }
  return found
}
