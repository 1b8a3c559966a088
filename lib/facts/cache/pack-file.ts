import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { temporaryName } from '#lib/atomic-write.ts'

/** One entry of a pack: where its text stands, and the checksum it had when it was written. */
export interface PackedEntry {
  key: string
  text: Buffer
  checksum: number
}

const LINE_BREAK = 10

/**
 * Entries of a pack. The first line is the length and the checksum of the list of entries, which stands on the second;
 * the texts follow one after the other. Null when the file is missing or its list is damaged.
 */
export async function readPack(path: string): Promise<PackedEntry[] | null> {
  const bytes = await readFile(path).catch(() => null)
  if (!bytes) return null
  const lineEnd = bytes.indexOf(LINE_BREAK)
  const [length = 0, checksum = -1] = bytes.toString('latin1', 0, Math.max(lineEnd, 0)).split(' ').map(Number)
  const list = bytes.subarray(lineEnd + 1, lineEnd + 1 + length)
  if (lineEnd === -1 || list.length !== length || crc32(list) !== checksum) return null
  let at = lineEnd + 1 + length
  return (JSON.parse(list.toString()) as [string, number, number][]).map(([key, size, sum]) => {
    const text = bytes.subarray(at, at + size)
    at += size
    return { key, text, checksum: sum }
  })
}

/** The text of an entry; null when it is not what was written. */
export function packedText({ text, checksum }: PackedEntry): string | null {
  return crc32(text) === checksum ? text.toString() : null
}

/** Makes an entry of a text. */
export function packed(key: string, text: string): PackedEntry {
  const bytes = Buffer.from(text)
  return { key, text: bytes, checksum: crc32(bytes) }
}

/**
 * Writes a pack under a name of its own: whoever reads sees all of it or nothing. It is not forced to disk: what a crash
 * tears, the checksums find, and it can be made again.
 */
export async function writePack(path: string, entries: PackedEntry[]): Promise<void> {
  const list = Buffer.from(JSON.stringify(entries.map(({ key, text, checksum }) => [key, text.length, checksum])))
  const head = Buffer.from(`${list.length} ${crc32(list)}\n`)
  await mkdir(dirname(path), { recursive: true })
  const temporary = temporaryName(path)
  try {
    await writeFile(temporary, [head, list, ...entries.map(({ text }) => text)])
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** A name no other process gives. */
export function packName(prefix: string): string {
  return `${prefix}-${randomUUID()}.pack`
}
