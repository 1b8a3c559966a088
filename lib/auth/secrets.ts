import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { config } from '#lib/config.ts'
import { DocsfyError } from '#lib/errors.ts'
import { remember } from '#lib/remember.ts'

const MIN_KEY_LENGTH = 16

/** Key of the built-in account: ADMIN_KEY, or the one kept in the data directory. Throws `start_up` when it is too short. */
export function adminKey(): string {
  return remember('admin-key', () => {
    const given = config().adminKey
    if (given) return given
    const path = join(config().dataDir, 'admin.key')
    const key = readOrCreate(path, () => `docsfy_${randomBytes(32).toString('base64url')}`)
    if (key.length >= MIN_KEY_LENGTH) return key
    throw new DocsfyError(
      'start_up',
      `The key in ${path} has fewer than ${MIN_KEY_LENGTH} characters: write a longer one, or remove the file to have one made`,
    )
  })
}

/** Secret under which keys and tokens are hashed; its own, so that a new ADMIN_KEY invalidates nothing else. */
export function serverSecret(): string {
  return remember('server-secret', () =>
    readOrCreate(join(config().dataDir, 'secret.key'), () => randomBytes(32).toString('hex')),
  )
}

/** Key that repository credentials are sealed with: 32 bytes, in a file of its own, so that the database alone opens none. */
export function sealingKey(): Buffer {
  return remember('sealing-key', () => {
    const path = join(config().dataDir, 'credentials.key')
    const key = Buffer.from(
      readOrCreate(path, () => randomBytes(32).toString('hex')),
      'hex',
    )
    if (key.length === 32) return key
    throw new DocsfyError(
      'start_up',
      `The key in ${path} is damaged: restore it, or remove it and store credentials anew`,
    )
  })
}

function readOrCreate(path: string, make: () => string): string {
  try {
    const stored = readFileSync(path, 'utf8').trim()
    if (stored) return stored
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      throw new DocsfyError('start_up', `The file ${path} cannot be read: make it readable for this user`, {
        cause: error,
      })
  }
  const value = make()
  writeWhole(path, `${value}\n`)
  return value
}

/** Synchronous, because the secret is needed by pure functions; done once, by the holder of the directory's lock. */
function writeWhole(path: string, content: string): void {
  const temporary = `${path}.new`
  const file = openSync(temporary, 'w', 0o600)
  try {
    writeSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}
