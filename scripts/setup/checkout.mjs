import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of the checkout this script lies in. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Absolute path of something in the checkout. */
export function inCheckout(...parts) {
  return join(root, ...parts)
}

/** SHA-256 hex of a text or of bytes. */
export function sha256(content) {
  return createHash('sha256').update(content).digest('hex')
}

/** Content of a text file, or null when it is absent. */
export function textOf(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}
