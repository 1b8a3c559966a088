import { describe, expect, it } from 'vitest'
import { MAX_IMAGE_BYTES, readImages } from '#lib/site/read-images.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'
import { TINY_IMAGES } from '#lib/testing/tiny-images.ts'

const signal = new AbortController().signal
const MEGABYTE = MAX_IMAGE_BYTES

/** A picture of as many bytes; the number tells it from others. */
function padded(bytes: number, number = 0): Uint8Array {
  const picture = new Uint8Array(bytes)
  picture.set(TINY_IMAGES.png)
  picture[bytes - 1] = number
  return picture
}

function pages(paths: string[]) {
  return [{ markdown: paths.map((path) => `![x](${path})`).join('\n\n') }]
}

describe('readImages', () => {
  it('takes what is a picture by its first bytes, whatever it is called, and nothing else', async () => {
    const files = {
      'a.png': TINY_IMAGES.png,
      'b.txt': TINY_IMAGES.gif,
      'c.png': '<script>alert(1)</script>',
      'd.svg': '<svg/>',
      'unshown.png': TINY_IMAGES.png,
    }
    const snapshot = snapshotOfFiles(files)
    const { images, notices } = await readImages({
      pages: pages([...Object.keys(files).slice(0, 4), 'gone.png']),
      snapshot,
      signal,
    })
    expect([...images].map(([path, image]) => [path, image?.file.replace(/[0-9a-f]{20}/, 'ID') ?? null])).toEqual([
      ['a.png', 'assets/image-ID.png'],
      ['b.txt', 'assets/image-ID.gif'],
      ['c.png', null],
      ['d.svg', null],
    ])
    expect(images.get('a.png')).toMatchObject({
      width: 7,
      height: 5,
      bytes: TINY_IMAGES.png.length,
      content: TINY_IMAGES.png,
    })
    expect(notices).toEqual([])
  })

  it('leaves out what is too large and says so', async () => {
    const snapshot = snapshotOfFiles({ 'a.png': padded(MEGABYTE), 'b.png': padded(MEGABYTE + 1) })
    const { images, notices } = await readImages({ pages: pages(['a.png', 'b.png']), snapshot, signal })
    expect(images.get('a.png')).not.toBeNull()
    expect(images.get('b.png')).toBeNull()
    expect(notices).toEqual(['1 picture is larger than 1 MB and is linked instead of shown: b.png'])
  })

  it('takes 20 MB of pictures, counts those that are the same once, and names the others', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 27 }, (_, n) => [`${String(n).padStart(2, '0')}.png`, padded(MEGABYTE, n)]),
    )
    const snapshot = snapshotOfFiles({ ...files, '00-again.png': padded(MEGABYTE, 0) })
    const shown = [...Object.keys(files), '00-again.png']
    const { images, notices } = await readImages({ pages: pages(shown), snapshot, signal })
    expect([...images.values()].filter((image) => image !== null)).toHaveLength(21)
    expect(notices).toEqual([
      '7 pictures are beyond the 20 MB that the pictures of one site may have and are linked instead of shown: 20.png, 21.png, 22.png, 23.png, 24.png and 2 more',
    ])
  })

  it('does not read again what the earlier site has', async () => {
    const snapshot = snapshotOfFiles({ 'a.png': TINY_IMAGES.png, 'b.gif': TINY_IMAGES.gif })
    const oid = snapshot.entries[0]?.oid ?? ''
    const read: string[] = []
    const readBlob = (id: string) => {
      read.push(id)
      return snapshot.readBlob(id)
    }
    const watched = { ...snapshot, readBlob }
    const known = { [oid]: { file: 'assets/image-1.png', width: 7, height: 5, bytes: 96 } }
    const { images } = await readImages({ pages: pages(['a.png', 'b.gif']), snapshot: watched, known, signal })
    expect(read).toEqual([snapshot.entries[1]?.oid])
    expect(images.get('a.png')).toMatchObject({ file: 'assets/image-1.png', content: null })
  })
})
