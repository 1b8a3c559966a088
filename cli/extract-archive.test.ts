import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { extractArchive } from './extract-archive.ts'

type EntryHeader = Parameters<ReturnType<typeof pack>['entry']>[0]

let outside = ''
let folder = ''

beforeEach(async () => {
  outside = await mkdtemp(join(tmpdir(), 'docsfy-extract-'))
  folder = join(outside, 'site')
})
afterEach(() => rm(outside, { recursive: true, force: true }))

async function archive(...entries: [EntryHeader | string, string?][]): Promise<Buffer> {
  const tar = pack()
  for (const [header, text = ''] of entries) tar.entry(typeof header === 'string' ? { name: header } : header, text)
  tar.finalize()
  return gzipSync(await buffer(Readable.from(tar)))
}

function extract(bytes: Buffer, flatten = false) {
  return extractArchive({ archive: Readable.from([bytes]), folder, flatten })
}

it('extracts into a folder of its own, or flattened into the folder itself', async () => {
  const bytes = await archive(
    [{ name: 'docs/', type: 'directory' }],
    ['docs/index.html', 'home'],
    ['docs/a/b.html', 'b'],
  )
  expect(await extract(bytes)).toEqual({ path: join(folder, 'docs'), files: 2, removed: 0 })
  expect(await readFile(join(folder, 'docs/a/b.html'), 'utf8')).toBe('b')
  expect(await extract(bytes, true)).toMatchObject({ path: folder, files: 2 })
  expect(await readFile(join(folder, 'index.html'), 'utf8')).toBe('home')
})

it('removes files of the earlier extraction that are gone, folders they leave empty, and nothing else', async () => {
  await extract(
    await archive(['docs/index.html', 'old'], ['docs/deep/er/gone.html', 'x'], ['docs/deep/kept.html', 'x']),
  )
  await writeFile(join(folder, 'docs', 'mine.txt'), 'mine')
  await writeFile(join(folder, 'docs', 'deep', 'mine.txt'), 'mine')
  await extract(await archive(['other-docs/index.html', 'other site']))
  const again = await extract(await archive(['docs/index.html', 'new'], ['docs/deep/kept.html', 'y']))
  expect(again.removed).toBe(1)
  expect((await readdir(join(folder, 'docs'), { recursive: true })).sort()).toEqual([
    '.docsfy-download.json',
    'deep',
    'deep/kept.html',
    'deep/mine.txt',
    'index.html',
    'mine.txt',
  ])
  expect(await readFile(join(folder, 'docs/index.html'), 'utf8')).toBe('new')
  expect(existsSync(join(folder, 'other-docs/index.html'))).toBe(true)
})

it('puts a file where the earlier extraction had a folder, and the other way round', async () => {
  await extract(await archive(['docs/a/b.html', '1'], ['docs/c', '2']))
  await extract(await archive(['docs/a', '3'], ['docs/c/d.html', '4']))
  expect(await readFile(join(folder, 'docs/a'), 'utf8')).toBe('3')
  expect(await readFile(join(folder, 'docs/c/d.html'), 'utf8')).toBe('4')
})

const FIRST: [string, string] = ['docs/first.html', 'x']
const HOSTILE: [string, [EntryHeader | string, string?][], RegExp][] = [
  ['a path that climbs out', [FIRST, ['docs/../../evil', 'x']], /outside the folder/],
  ['a path that climbs within', [FIRST, ['docs/a/../evil', 'x']], /outside the folder/],
  ['an absolute path', [FIRST, ['/tmp/evil', 'x']], /outside the folder/],
  ['a Windows path', [FIRST, ['docs\\..\\evil', 'x']], /outside the folder/],
  ['a drive letter', [FIRST, ['C:/evil', 'x']], /outside the folder/],
  ['a control character', [FIRST, ['docs/e\u001b[2Jvil', 'x']], /outside the folder/],
  ['a symbolic link', [FIRST, [{ name: 'docs/link', type: 'symlink', linkname: '/etc' }]], /has a symlink/],
  ['a hard link', [FIRST, [{ name: 'docs/link', type: 'link', linkname: '/etc/passwd' }]], /has a link/],
  ['a pipe', [FIRST, [{ name: 'docs/pipe', type: 'fifo' }]], /has a fifo/],
  ['two top folders', [FIRST, ['other/b', 'x']], /two top folders/],
  ['a file beside the top folder', [FIRST, ['docs', 'x']], /instead of a top folder/],
  ['our own record', [FIRST, ['docs/.docsfy-download.json', '{}']], /a name docsfy needs/],
  ['the same file twice', [FIRST, FIRST], /stands where a folder is needed/],
  ['a file as a folder', [FIRST, ['docs/first.html/b', '2']], /stands where a folder is needed/],
  ['nothing in it', [], /holds no files/],
]

it.each(HOSTILE)('refuses an archive with %s as a whole', async (_what, entries, sentence) => {
  await extract(await archive(['docs/index.html', 'good']))
  const before = await readdir(outside, { recursive: true })
  await expect(extract(await archive(...entries))).rejects.toThrow(sentence)
  expect(await readdir(outside, { recursive: true })).toEqual(before)
})

it('refuses what is cut off, no archive at all, or larger than any documentation, and leaves no trace', async () => {
  const whole = await archive(['docs/index.html', 'x'.repeat(100_000)])
  await expect(extract(whole.subarray(0, whole.length - 20))).rejects.toThrow(/damaged/)
  await expect(extract(Buffer.from('<html>not an archive</html>'))).rejects.toThrow(/damaged/)
  const cut = gzipSync(await buffer(Readable.from([Buffer.alloc(512)])))
  await expect(extract(cut)).rejects.toThrow(/holds no files|damaged/)
  await expect(extract(gzipSync(hugeHeader()))).rejects.toThrow(/larger than any documentation/)
  expect(await readdir(folder)).toEqual([])
})

it('writes through no link that stands in the folder, neither new files nor removals', async () => {
  const target = join(outside, 'target')
  await mkdir(target)
  await writeFile(join(target, 'kept.html'), 'kept')
  await mkdir(folder)
  await symlink(target, join(folder, 'docs'))
  await expect(extract(await archive(['docs/index.html', 'x']))).rejects.toThrow(/is a link/)

  await rm(join(folder, 'docs'))
  await extract(await archive(['docs/a/kept.html', 'x']))
  await rm(join(folder, 'docs/a'), { recursive: true })
  await symlink(target, join(folder, 'docs/a'))
  await extract(await archive(['docs/index.html', 'x']))
  await expect(extract(await archive(['docs/a/kept.html', 'x']))).rejects.toThrow(/is a link/)
  expect(await readdir(target)).toEqual(['kept.html'])
  expect(await readFile(join(target, 'kept.html'), 'utf8')).toBe('kept')
})

it('removes nothing outside when its own record was tampered with', async () => {
  await extract(await archive(['docs/index.html', 'x']))
  await writeFile(join(outside, 'precious'), 'x')
  const record = { format: 1, files: ['../../precious', join(outside, 'precious'), 'index.html', ''] }
  await writeFile(join(folder, 'docs/.docsfy-download.json'), JSON.stringify(record))
  expect((await extract(await archive(['docs/new.html', 'x']))).removed).toBe(1)
  expect(existsSync(join(outside, 'precious'))).toBe(true)
})

/** The header of a file that claims to have 8 GB; the file itself is not there. */
function hugeHeader(): Buffer {
  const header = Buffer.alloc(512)
  header.write('docs/huge', 0)
  header.write('0000644\0', 100)
  header.write('77777777777\0', 124)
  header.write('0', 156)
  header.write('ustar\u000000', 257)
  header.write('        ', 148)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}
