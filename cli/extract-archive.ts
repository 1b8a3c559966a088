import { createWriteStream } from 'node:fs'
import { mkdir, realpath, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type Extract, extract, type Header } from 'tar-stream'
import { temporaryName } from '#lib/atomic-write.ts'
import { DocsfyError, isDocsfyError } from '#lib/errors.ts'
import { EXTRACTION_RECORD, replaceExtraction } from './replace-extraction.ts'

type Entry = Extract extends AsyncIterable<infer Each> ? Each : never

const MAX_ENTRIES = 200_000
const MAX_BYTES = 4_000_000_000

interface Extraction {
  /** A gzip-compressed tar with one top folder. */
  archive: Readable
  /** Where it goes; made when absent. */
  folder: string
  /** Put the files into `folder` itself, without the top folder of the archive. */
  flatten: boolean
}

export interface Extracted {
  /** The folder that now holds the files. */
  path: string
  files: number
  /** Files of an earlier extraction that the archive no longer has. */
  removed: number
}

/**
 * Extracts an archive without trusting it: only plain files, only below the folder, through no link. The whole archive is
 * read and checked before anything of an earlier extraction is touched. Throws `bad_request` or `unavailable`.
 */
export async function extractArchive({ archive, folder, flatten }: Extraction): Promise<Extracted> {
  await mkdir(folder, { recursive: true }).catch((error) => fail(error, folder))
  const root = await realpath(folder)
  const staging = temporaryName(join(root, 'download'))
  try {
    await mkdir(staging)
    const { top, files } = await unpack(archive, staging)
    const path = flatten ? root : join(root, top)
    const removed = await replaceExtraction({ root, folder: path, staging, files })
    return { path, files: files.length, removed }
  } catch (error) {
    return fail(error, folder)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

interface Unpacked {
  top: string
  /** Paths below the top folder, with `/`. */
  files: string[]
}

async function unpack(archive: Readable, staging: string): Promise<Unpacked> {
  const tar = extract()
  const read = pipeline(archive, createGunzip(), tar)
  read.catch(() => {})
  const files: string[] = []
  let top: string | null = null
  let room = { entries: MAX_ENTRIES, bytes: MAX_BYTES }
  for await (const entry of tar) {
    room = take(room, entry.header)
    const [first = '', ...rest] = safeSegments(entry.header.name)
    top ??= first
    if (first !== top) throw refused(`has two top folders, "${top}" and "${first}"`)
    if (entry.header.type === 'directory') entry.resume()
    else files.push(await store(entry, rest, staging))
  }
  await read
  if (top === null || files.length === 0) throw refused('holds no files')
  return { top, files }
}

function take(room: { entries: number; bytes: number }, { size }: Header) {
  const left = { entries: room.entries - 1, bytes: room.bytes - size }
  if (left.entries < 0 || left.bytes < 0) throw refused('is larger than any documentation')
  return left
}

/** The parts of a path in the archive. Refused is what could lead out of the folder on any system, or hide in it. */
function safeSegments(name: string): string[] {
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.')
  const isAbsolute = name.startsWith('/') || /^[A-Za-z]:/.test(name)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  if (isAbsolute || /[\\\u0000-\u001f\u007f]/.test(name) || segments.length === 0 || segments.includes('..'))
    throw refused(`has an entry that would be put outside the folder: ${JSON.stringify(name)}`)
  return segments
}

async function store(entry: Entry, segments: string[], staging: string): Promise<string> {
  const { name, type } = entry.header
  if (type !== 'file' && type !== 'contiguous-file') throw refused(`has a ${type} at ${JSON.stringify(name)}`)
  const path = segments.join('/')
  if (path === '') throw refused('has a file instead of a top folder')
  if (path === EXTRACTION_RECORD) throw refused(`has a file "${EXTRACTION_RECORD}", a name docsfy needs itself`)
  const target = join(staging, path)
  await mkdir(dirname(target), { recursive: true })
  // `wx`: a second entry of the same name is refused instead of written over the first.
  await pipeline(entry, createWriteStream(target, { flags: 'wx', mode: 0o644 }))
  return path
}

function refused(what: string): DocsfyError {
  return new DocsfyError('bad_request', `Nothing was extracted, because the archive ${what}`)
}

function fail(error: unknown, folder: string): never {
  if (isDocsfyError(error)) throw error
  const { code, message } = error as NodeJS.ErrnoException
  const cause = { cause: error }
  if (code?.startsWith('Z_') || /tar header|Unexpected end of data/i.test(message))
    throw new DocsfyError('bad_request', 'Nothing was extracted, because the archive is damaged: try again', cause)
  if (code === 'EEXIST' || code === 'ENOTDIR' || code === 'EISDIR')
    throw new DocsfyError('bad_request', `A file in the archive or in ${folder} stands where a folder is needed`, cause)
  throw new DocsfyError('unavailable', `The archive could not be extracted to ${folder} (${code ?? message})`, cause)
}
