import { expect, it } from 'vitest'
import { numberedPieces, openFrame, SharedFrame, textFrame } from '#lib/live/shared-frame.ts'

/** Length a WebSocket header announces, and what follows it. */
function parse(bytes: Buffer): { announced: number; payload: Buffer } {
  expect(bytes[0]).toBe(0x81)
  const short = bytes[1] ?? 0
  if (short < 126) return { announced: short, payload: bytes.subarray(2) }
  if (short === 126) return { announced: bytes.readUInt16BE(2), payload: bytes.subarray(4) }
  return { announced: Number(bytes.readBigUInt64BE(2)), payload: bytes.subarray(10) }
}

it('announces the exact length of every payload, at each border between the three forms of a header', () => {
  for (const length of [0, 1, 125, 126, 127, 65_535, 65_536, 1_000_000]) {
    const { announced, payload } = parse(textFrame('x'.repeat(length)))
    expect([announced, payload.length]).toEqual([length, length])
  }
})

it('gives one event another number in each stream, and nothing else', () => {
  const frame = new SharedFrame({ type: 'progress', name: 'größer "als"', page_count: 3 })
  for (const seq of [0, 9, 10, 1_795_341_335_056]) {
    const { announced, payload } = parse(frame.numbered(seq))
    expect(payload.length).toBe(announced)
    expect(JSON.parse(String(payload))).toEqual({ type: 'progress', name: 'größer "als"', page_count: 3, seq })
  }
})

it('puts a list together from pieces that are not copied', () => {
  const pieces = [
    Buffer.from('{"projects":['),
    Buffer.from('{"a":1}'),
    Buffer.from(',{"a":2}'),
    Buffer.from('],'),
    openFrame('{"cost":0}').subarray(1),
  ]
  const { announced, payload } = parse(Buffer.concat(numberedPieces(pieces, 7)))
  expect(payload.length).toBe(announced)
  expect(JSON.parse(String(payload))).toEqual({ projects: [{ a: 1 }, { a: 2 }], cost: 0, seq: 7 })
  expect(numberedPieces(pieces, 7)).toEqual(expect.arrayContaining(pieces))
})
