import { type Client, createClient } from '@libsql/client'
import { drizzle, type LibSQLDatabase } from 'drizzle-orm/libsql'
import { retriedOnceWhenBusy } from '#db/busy-rule.ts'
import { toldWhenDiskFails } from '#db/disk-problem.ts'
import * as schema from '#db/schema.ts'
import { inTurn, newWriteQueue, type WriteQueue } from '#db/write-queue.ts'
import { config } from '#lib/config.ts'
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
  writes: WriteQueue
}

function connection(): Connection {
  return remember('database', () => {
    const client = createClient({ url: config().databaseUrl, timeout: busyTimeoutMs() })
    return { client, reader: drizzle(client, { schema }), writes: newWriteQueue() }
  })
}

/** For SELECT only. Everything that changes data goes through `write`. */
export function reader(): Reader {
  return connection().reader
}

/**
 * Runs `work` in a write transaction, after all earlier writes. `work` must await nothing but its own statements, because
 * it holds the database. Throws `unavailable` when another process keeps the file locked, or the disk fails.
 */
export function write<Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value> {
  const { client, reader, writes } = connection()
  return inTurn(writes, () => toldWhenDiskFails(() => retriedOnceWhenBusy(client, () => reader.transaction(work))))
}

/** How many writes have ended in this process. */
export function writesSoFar(): number {
  return connection().writes.ended
}

/** Raw client, for migration and the start-up self-test. */
export function rawClient(): Client {
  return connection().client
}

/** Waits for the queued writes and closes the file. */
export async function closeDatabase(): Promise<void> {
  await connection().writes.last
  connection().client.close()
}

/** True when `error` is the refusal of a unique index. */
export function isDuplicate(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause)
    if (current.message.includes('UNIQUE constraint failed')) return true
  return false
}
