import { type Client, createClient } from '@libsql/client'
import { drizzle, type LibSQLDatabase } from 'drizzle-orm/libsql'
import * as schema from '#db/schema.ts'
import { config } from '#lib/config.ts'
import { DocsfyError } from '#lib/errors.ts'
import { remember } from '#lib/remember.ts'

/** How long a statement waits for another program's lock, with this process standing still; less only in tests. */
function busyTimeoutMs(): number {
  return remember('database-busy-timeout-ms', () => 5000)
}

export type Reader = LibSQLDatabase<typeof schema>
/** What a write works with: the statements of one transaction. */
export type Transaction = Parameters<Parameters<Reader['transaction']>[0]>[0]

interface Connection {
  client: Client
  reader: Reader
  /** End of the queue of writes: one at a time in this process, because the file takes one writer. */
  lastWrite: Promise<unknown>
  /** Grows after every write. */
  version: number
}

function connection(): Connection {
  return remember('database', () => {
    const client = createClient({ url: config().databaseUrl, timeout: busyTimeoutMs() })
    return { client, reader: drizzle(client, { schema }), lastWrite: Promise.resolve(), version: 0 }
  })
}

/** For SELECT only. Everything that changes data goes through `write`. */
export function reader(): Reader {
  return connection().reader
}

/**
 * Runs `work` in a write transaction, after all earlier writes. `work` must await nothing but its own statements, because
 * it holds the database. Throws `unavailable` when another process keeps the file locked.
 */
export function write<Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value> {
  const current = connection()
  const result = current.lastWrite
    .then(() => withOneRetry(current, work))
    .finally(() => {
      current.version += 1
    })
  current.lastWrite = result.catch(() => undefined)
  return result
}

/** How many writes have ended in this process. */
export function writesSoFar(): number {
  return connection().version
}

/** Raw client, for migration and the start-up self-test. */
export function rawClient(): Client {
  return connection().client
}

/** Waits for the queued writes and closes the file. */
export async function closeDatabase(): Promise<void> {
  await connection().lastWrite
  connection().client.close()
}

/**
 * After one SQLITE_BUSY a connection of this client may acknowledge writes that never reach the file, so every connection
 * is dropped before the only retry.
 */
async function withOneRetry<Value>({ client, reader }: Connection, work: (tx: Transaction) => Promise<Value>) {
  try {
    return await reader.transaction(work)
  } catch (error) {
    if (!isBusy(error)) throw error
  }
  await client.reconnect()
  try {
    return await reader.transaction(work)
  } catch (error) {
    if (!isBusy(error)) throw error
    await client.reconnect()
    throw new DocsfyError('unavailable', 'The database is locked by another program; try again in a moment', {
      cause: error,
    })
  }
}

function isBusy(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    const code = 'code' in current ? String(current.code) : ''
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return true
  }
  return false
}

/** True when `error` is the refusal of a unique index. */
export function isDuplicate(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause)
    if (current.message.includes('UNIQUE constraint failed')) return true
  return false
}
