import { deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { checkPack } from './pack-guard.ts'

const breathe = () => Promise.resolve()
const BLOB = 3

function entry(size: number, content: Buffer): Buffer {
  const header = [(BLOB << 4) | (size & 0x0f)]
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    header[header.length - 1] = (header.at(-1) ?? 0) | 0x80
    header.push(rest & 0x7f)
  }
  return Buffer.concat([Buffer.from(header), deflateSync(content)])
}

function packOf(...entries: Buffer[]): Buffer {
  const head = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1')
  head.writeUInt32BE(entries.length, 8)
  return Buffer.concat([head, ...entries, Buffer.alloc(20)])
}

const zeros = Buffer.alloc(100_000)

it('accepts a pack whose objects fit', async () => {
  const pack = packOf(entry(zeros.length, zeros), entry(3, Buffer.from('abc')), entry(0, Buffer.alloc(0)))
  await expect(checkPack(pack, { maxBytes: 100_003, breathe })).resolves.toBeUndefined()
})

it('refuses a few bytes that unpack to too much together', async () => {
  const pack = packOf(entry(zeros.length, zeros), entry(zeros.length, zeros))
  expect(pack.length).toBeLessThan(500)
  await expect(checkPack(pack, { maxBytes: 150_000, breathe })).rejects.toMatchObject({ code: 'limit_reached' })
})

it('refuses a single object over the limit without unpacking it', async () => {
  const pack = packOf(entry(2 ** 30, Buffer.from('never looked at')))
  await expect(checkPack(pack, { maxBytes: 1e12, breathe })).rejects.toMatchObject({ code: 'limit_reached' })
})

it.each([0, 5, 20])('does not take a pack torn after %s bytes for a whole one', async (length) => {
  await expect(
    checkPack(packOf(entry(3, Buffer.from('abc'))).subarray(0, length), { maxBytes: 1e6, breathe }),
  ).rejects.toThrow()
})

it('does not take an object that unpacks to more than it says', async () => {
  await expect(checkPack(packOf(entry(10, zeros)), { maxBytes: 1e6, breathe })).rejects.toThrow()
})
