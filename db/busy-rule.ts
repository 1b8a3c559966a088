import type { Client } from '@libsql/client'
import { DocsfyError } from '#lib/errors.ts'

/**
 * The BUSY rule. After one SQLITE_BUSY a connection of this client acknowledges writes that only it can see and that never
 * reach the file, so every connection is dropped before the only retry. Throws `unavailable` when that is refused too.
 */
export async function retriedOnceWhenBusy<Value>(
  client: Pick<Client, 'reconnect'>,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (!isBusy(error)) throw error
  }
  await client.reconnect()
  try {
    return await work()
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
