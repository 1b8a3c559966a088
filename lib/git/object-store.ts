import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { inflateSync } from 'node:zlib'
import { DocsfyError, isDocsfyError } from '#lib/errors.ts'
import { Pack } from './pack.ts'

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag'

export interface GitObject {
  type: ObjectType
  data: Buffer
}

/** The contents of larger files are never read. */
export const MAX_OBJECT_BYTES = 64 * 1024 * 1024
const MAX_ALTERNATES = 20
const MAX_HELD_PACKS = 64
const LOOSE_HEADER_BYTES = 64
const OID = /^[0-9a-f]{40}$/

/**
 * The objects of a Git directory: loose ones, packs, and those of its alternates. Reads nothing but object files and
 * starts nothing. Isomorphic-git would load each pack as a whole, and knows no alternates.
 */
export class ObjectStore {
  private readonly folders: string[]
  private readonly packs: Pack[]

  /** `gitDir` is a bare repository, a `.git` folder, or the common folder of a worktree. Throws on a torn index. */
  constructor(gitDir: string) {
    this.folders = withAlternates(join(gitDir, 'objects'))
    const tools = {
      maxObjectBytes: MAX_OBJECT_BYTES,
      readElsewhere: (oid: Buffer) => this.read(oid.toString('hex')),
      tooLarge,
    }
    this.packs = this.folders.flatMap(packPaths).map((path) => new Pack(path, tools))
    if (this.packs.length <= MAX_HELD_PACKS) for (const pack of this.packs) pack.hold()
  }

  has(oid: string): boolean {
    if (!OID.test(oid)) return false
    const id = Buffer.from(oid, 'hex')
    return this.packs.some((pack) => pack.has(id)) || this.loosePath(oid) !== null
  }

  /** An object by its id. Throws `repository_unavailable` when it is missing or damaged, `limit_reached` over 64 MB. */
  read(oid: string): GitObject {
    if (!OID.test(oid)) throw missing(oid)
    try {
      const found = this.readPacked(oid) ?? this.readLoose(oid)
      if (found) return found
    } catch (error) {
      if (isDocsfyError(error)) throw error
      throw new DocsfyError('repository_unavailable', `The Git object ${oid} is damaged`, { cause: error })
    }
    throw missing(oid)
  }

  /** Size of an object in bytes, without unpacking it; 0 for one that is not here or lies loose. */
  sizeOf(oid: string): number {
    const id = Buffer.from(oid, 'hex')
    return this.packs.find((pack) => pack.has(id))?.sizeOf(id) ?? 0
  }

  /** Ids of the commits whose id begins with these digits, at least two; tags and files of the same beginning do not count. */
  commitsBeginningWith(digits: string): string[] {
    const loose = this.folders.flatMap((folder) => looseIds(folder, digits.slice(0, 2)))
    const ids = [...loose, ...this.packs.flatMap((pack) => pack.idsBeginningWith(digits))]
    return [...new Set(ids)].filter((id) => id.startsWith(digits) && this.read(id).type === 'commit').sort()
  }

  /** Compares every pack with its checksum: finds what a crash or a failing disk did to a store. */
  async isSound(): Promise<boolean> {
    const checksums = this.packs.map((pack) => pack.checksum)
    const paths = this.folders.flatMap(packPaths)
    for (const [i, path] of paths.entries()) {
      const expected = checksums[i]
      if (!expected || !(await checksumOf(path)).equals(expected)) return false
    }
    return true
  }

  private readPacked(oid: string): GitObject | null {
    const id = Buffer.from(oid, 'hex')
    for (const pack of this.packs) {
      const object = pack.read(id)
      if (object) return object
    }
    return null
  }

  private readLoose(oid: string): GitObject | null {
    const path = this.loosePath(oid)
    if (!path) return null
    const { size } = statSync(path)
    if (size > MAX_OBJECT_BYTES) throw tooLarge(size)
    return parseLoose(readFileSync(path))
  }

  private loosePath(oid: string): string | null {
    const name = join(oid.slice(0, 2), oid.slice(2))
    const folder = this.folders.find((candidate) => existsSync(join(candidate, name)))
    return folder ? join(folder, name) : null
  }
}

/** Object folders this one borrows from: `info/alternates`, one path a line, and theirs in turn. */
export function withAlternates(folder: string): string[] {
  const folders = [folder]
  for (const current of folders) {
    const list = join(current, 'info', 'alternates')
    if (!existsSync(list)) continue
    for (const line of readFileSync(list, 'utf8').split('\n')) {
      if (!line || line.startsWith('#')) continue
      const path = isAbsolute(line) ? line : resolve(current, line)
      if (!folders.includes(path) && folders.length < MAX_ALTERNATES) folders.push(path)
    }
  }
  return folders
}

function packPaths(folder: string): string[] {
  const packs = join(folder, 'pack')
  if (!existsSync(packs)) return []
  const names = new Set(readdirSync(packs))
  return [...names]
    .filter((name) => name.endsWith('.idx') && names.has(name.replace(/idx$/, 'pack')))
    .sort()
    .map((name) => join(packs, name.replace(/idx$/, 'pack')))
}

function looseIds(folder: string, firstDigits: string): string[] {
  const path = join(folder, firstDigits)
  if (!existsSync(path)) return []
  return readdirSync(path).flatMap((rest) => (OID.test(firstDigits + rest) ? [firstDigits + rest] : []))
}

function parseLoose(compressed: Buffer): GitObject {
  const content = inflateLimited(compressed)
  const end = content.indexOf(0)
  const match = /^(commit|tree|blob|tag) (\d+)$/.exec(content.toString('latin1', 0, Math.min(end, LOOSE_HEADER_BYTES)))
  const data = content.subarray(end + 1)
  if (!match || Number(match[2]) !== data.length) throw new Error('A loose object has a wrong header')
  return { type: match[1] as ObjectType, data }
}

function inflateLimited(compressed: Buffer): Buffer {
  try {
    return inflateSync(compressed, { maxOutputLength: MAX_OBJECT_BYTES + LOOSE_HEADER_BYTES })
  } catch (error) {
    const isTooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw isTooLarge ? tooLarge(MAX_OBJECT_BYTES) : error
  }
}

async function checksumOf(path: string): Promise<Buffer> {
  const bytes = statSync(path).size
  const hash = createHash('sha1')
  if (bytes > 20) for await (const chunk of createReadStream(path, { end: bytes - 21 })) hash.update(chunk)
  return hash.digest()
}

function missing(oid: string): DocsfyError {
  return new DocsfyError('repository_unavailable', `The Git object ${oid.slice(0, 40)} is not in the repository`)
}

function tooLarge(size: number): DocsfyError {
  return new DocsfyError('limit_reached', `A file of ${Math.ceil(size / 1e6)} MB or more is too large to be read`)
}
