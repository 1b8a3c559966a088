import { access, constants } from 'node:fs/promises'
import { getSetting } from '#db/queries/settings.ts'
import { config } from '#lib/config.ts'
import { DocsfyError } from '#lib/errors.ts'

/** Throws `unavailable` when the database does not answer or the data directory cannot be written. */
export async function checkHealth(): Promise<{ status: 'ok' }> {
  try {
    await getSetting('self_test')
    await access(config().dataDir, constants.W_OK)
    return { status: 'ok' }
  } catch (cause) {
    throw new DocsfyError('unavailable', 'The database or the data directory cannot be used', { cause })
  }
}
