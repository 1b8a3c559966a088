import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getSetting } from '#db/queries/settings.ts'
import { TEMPORARY_PREFIX } from '#lib/atomic-write.ts'
import { config } from '#lib/config.ts'
import { DocsfyError } from '#lib/errors.ts'
import { intake } from '#lib/jobs/queue.ts'
import { remember } from '#lib/remember.ts'

const KEEP_MS = 1000
/** Enough to need a block of its own: a full disk refuses it. */
const PROBE = Buffer.alloc(4096, 1)

interface Checked {
  atMs: number
  result: Promise<{ status: 'ok' }>
}

/**
 * Throws `unavailable` when the server stops, the database does not answer or the data directory takes no file. Looks once
 * a second.
 */
export function checkHealth(atMs = performance.now()): Promise<{ status: 'ok' }> {
  if (!intake().isOpen) return Promise.reject(new DocsfyError('unavailable', 'The server is being stopped'))
  const last = remember<{ checked: Checked | null }>('health', () => ({ checked: null }))
  if (!last.checked || atMs - last.checked.atMs > KEEP_MS) last.checked = { atMs, result: check() }
  return last.checked.result
}

async function check(): Promise<{ status: 'ok' }> {
  const probe = join(config().dataDir, `${TEMPORARY_PREFIX}health`)
  try {
    await getSetting('self_test')
    await writeFile(probe, PROBE)
    await rm(probe, { force: true })
    return { status: 'ok' }
  } catch (cause) {
    throw new DocsfyError('unavailable', 'The database or the data directory cannot be used', { cause })
  }
}
