import { expect, it } from 'vitest'
import { imageHeader } from '#lib/site/image-header.ts'
import { TINY_IMAGES } from '#lib/testing/tiny-images.ts'

it.each(Object.entries(TINY_IMAGES))('reads type and size of a %s', (name, bytes) => {
  expect(imageHeader(bytes)).toEqual({ type: name.split(' ')[0], width: 7, height: 5 })
})

it.each([
  '',
  '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"/>',
  '<!doctype html><script>alert(1)</script>',
  'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
])('takes no other file for a picture: %j', (text) => {
  expect(imageHeader(Buffer.from(text))).toBeNull()
})

it('says nothing about a picture that is cut off, or as large as no screen', () => {
  for (const [name, bytes] of Object.entries(TINY_IMAGES))
    for (let length = 0; length < bytes.length; length += 1) {
      const header = imageHeader(bytes.subarray(0, length))
      expect([name, header?.width ?? 7]).toEqual([name, 7])
    }
  const huge = Buffer.from(TINY_IMAGES.png)
  huge.writeUInt32BE(0x7fffffff, 16)
  expect(imageHeader(huge)).toBeNull()
})

it('ends on headers that lead in circles', () => {
  const jpeg = Buffer.alloc(1_000_000, 0xff)
  jpeg[1] = 0xd8
  expect(imageHeader(jpeg)).toBeNull()
  const avif = Buffer.concat([Buffer.from(TINY_IMAGES.avif.subarray(0, 28)), Buffer.alloc(1_000_000)])
  expect(imageHeader(avif)).toBeNull()
})
