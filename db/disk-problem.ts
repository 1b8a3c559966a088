import { DocsfyError } from '#lib/errors.ts'

/** What SQLite says when the disk below it fails, and what that means for people. */
const MEANINGS: [code: string, text: string][] = [
  ['SQLITE_FULL', 'The disk of the server is full: free some space and try again'],
  ['SQLITE_IOERR', 'The disk of the server failed: try again in a moment, or tell an administrator'],
  ['SQLITE_READONLY', 'The disk of the server cannot be written: tell an administrator'],
  ['SQLITE_CANTOPEN', 'The database of the server cannot be opened: try again in a moment, or tell an administrator'],
]

/** Settles as `work` does. Throws `unavailable` with a sentence when the disk could not take what was written. */
export async function toldWhenDiskFails<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    const text = meaningOf(error)
    throw text === null ? error : new DocsfyError('unavailable', text, { cause: error })
  }
}

function meaningOf(error: unknown): string | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    const said = 'code' in current ? String(current.code) : ''
    const known = MEANINGS.find(([code]) => said.startsWith(code))
    if (known) return known[1]
  }
  return null
}
