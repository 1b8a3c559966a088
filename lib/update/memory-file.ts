import { createHash, hash } from 'node:crypto'
import { readdirSync, readFileSync, writeFile } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { temporaryName } from '#lib/atomic-write.ts'

/** All bytes go to the system at once; that of `fs/promises` hands over half a megabyte at a time. */
const written = promisify(writeFile)

/**
 * What an earlier run left in `file` to save this one time; null for none, for what another version of the code wrote and
 * for what is damaged. `version` says which code: equal versions write and read the same form.
 */
export async function readMemory<Data>(file: string, version: string): Promise<Data | null> {
  const json = await readBytes(file, version)
  return json && (JSON.parse(json.toString()) as Data)
}

/** As `readMemory`, of bytes in whatever form. */
export async function readBytes(file: string, version: string): Promise<Buffer | null> {
  const bytes = contentOf(file)
  const end = bytes.indexOf('\n')
  const own = bytes.subarray(end + 1)
  // Only our own code writes a first line that fits the rest: what follows has the form that it gave it.
  return end > 0 && bytes.toString('utf8', 0, end) === sealOf([own], version) ? own : null
}

/** Read at once: a thread hands over half a megabyte at a time, between which this one waits. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}

/** Leaves it for the next run. Not durable: a crash may leave nothing, or what `readMemory` takes for nothing. */
export async function writeMemory(file: string, version: string, data: unknown): Promise<void> {
  await leaveBytes(file, sealed(version, [Buffer.from(JSON.stringify(data))]))
}

/** Bytes, made of pieces, as `leaveBytes` leaves them. */
export function sealed(version: string, pieces: Uint8Array[]): Uint8Array {
  return Buffer.concat([Buffer.from(`${sealOf(pieces, version)}\n`), ...pieces])
}

/** As `writeMemory`, of sealed bytes. */
export async function leaveBytes(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryName(file)
  try {
    await written(temporary, bytes, { flag: 'wx' })
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Whether `text` is all of a file that `writeMemory` left, of whatever version of the code. */
export function isWholeMemory(text: string): boolean {
  const end = text.indexOf('\n')
  return end > 0 && text.slice(0, end).endsWith(` ${hash('sha256', text.slice(end + 1))}`)
}

/** Changes with the source files directly in these folders. At once: a hundred small files are read in a few ms. */
export function codeVersion(folders: string[]): string {
  return hash('sha256', folders.flatMap(sourcesIn).join('\n')).slice(0, 16)
}

function sourcesIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /(?<!\.test)\.[jt]s$/.test(name))
  return names.sort().map((name) => readFileSync(join(folder, name), 'utf8'))
}

function sealOf(pieces: Uint8Array[], version: string): string {
  const sum = createHash('sha256')
  for (const piece of pieces) sum.update(piece)
  return `${version} ${sum.digest('hex')}`
}
