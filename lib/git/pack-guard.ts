import fs from 'node:fs'
import { inflateSync } from 'node:zlib'
import type { PromiseFsClient } from 'isomorphic-git'
import type { Breather } from '#lib/breather.ts'
import { deltaResultSize } from './delta.ts'
import { limitReached, megabytes, unpacksTooLarge } from './limit-errors.ts'
import { ENTRY_HEADER_BYTES, parseEntry } from './pack-entry.ts'

const MAX_OBJECT_BYTES = 128 * 1024 * 1024
const PACK_HEADER_BYTES = 12
const MAX_CHUNK_BYTES = 64 * 1024

export interface PackGuard {
  /** Most bytes all objects of a pack together may unpack to. */
  maxBytes: number
  breathe: Breather
}

/**
 * The file system for isomorphic-git's fetch, which looks through a pack before it lets it be written and indexed:
 * isomorphic-git inflates without limit, so that a pack of 1 MB can take gigabytes of memory.
 */
export function guardedFileSystem(guard: PackGuard): PromiseFsClient {
  const writeFile: typeof fs.promises.writeFile = async (path, data, options) => {
    if (String(path).endsWith('.pack') && Buffer.isBuffer(data)) await checkPack(data, guard)
    await fs.promises.writeFile(path, data, options)
  }
  return { promises: { ...fs.promises, writeFile } }
}

/** Throws `limit_reached` when an object, or all of them together, unpack to too much. One object is in memory at a time. */
export async function checkPack(pack: Buffer, { maxBytes, breathe }: PackGuard): Promise<void> {
  const count = pack.readUInt32BE(PACK_HEADER_BYTES - 4)
  let at = PACK_HEADER_BYTES
  let total = 0
  for (let i = 0; i < count; i += 1) {
    await breathe()
    const { type, size, dataAt } = parseEntry(pack.subarray(at, at + ENTRY_HEADER_BYTES), at)
    refuseLarge(size)
    const { data, end } = inflateAt(pack, { dataAt, size })
    const unpacked = type ? size : deltaResultSize(data)
    refuseLarge(unpacked)
    total += unpacked
    if (total > maxBytes) throw unpacksTooLarge(maxBytes)
    at = end
  }
}

function inflateAt(pack: Buffer, { dataAt, size }: { dataAt: number; size: number }): { data: Buffer; end: number } {
  const options = { maxOutputLength: Math.max(size, 1), chunkSize: Math.min(Math.max(size, 64), MAX_CHUNK_BYTES) }
  const { buffer, engine } = inflateSync(pack.subarray(dataAt), { ...options, info: true }) as unknown as {
    buffer: Buffer
    engine: { bytesWritten: number }
  }
  return { data: buffer, end: dataAt + engine.bytesWritten }
}

function refuseLarge(size: number): void {
  if (size > MAX_OBJECT_BYTES)
    throw limitReached(
      `The repository contains a file of ${megabytes(size)}, and the built-in engine takes at most ${megabytes(MAX_OBJECT_BYTES)} a file: an administrator can install git 2.37 or newer, which leaves such files out (GIT_ENGINE)`,
    )
}
