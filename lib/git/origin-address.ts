import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { parseRepoAddress, splitUserinfo } from '#lib/domain/repo-url.ts'
import { gitDirs } from './open-local.ts'

const LONGEST_CONFIG_BYTES = 65_536
/** Names of hosts that anybody can look up; those of networks at home and at work are not among them. */
const PUBLIC_HOST = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/
const PRIVATE_ZONE =
  /\.(?:local|localhost|localdomain|internal|intranet|lan|home|corp|private|test|invalid|example|arpa|onion)$/

/**
 * Where the repository in a folder came from, as its remote `origin` says: an https or ssh address of a public host, without
 * user, token, or anything behind the path. Null for every other one. Read as a file: Git is not started.
 */
export async function originAddress(path: string): Promise<string | null> {
  const dirs = await gitDirs(path).catch(() => null)
  const remote = dirs && originOf(await beginning(join(dirs.common, 'config')))
  const parsed = remote === null ? null : parseRepoAddress(splitUserinfo(remote).address)
  if (!parsed?.ok) return null
  const { canonicalUrl, host, protocol } = parsed.address
  const isPublic = PUBLIC_HOST.test(host) && !PRIVATE_ZONE.test(host)
  return isPublic && protocol !== 'http' ? canonicalUrl : null
}

/** A link in place of the file could lead anywhere: it is not followed. */
async function beginning(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null)
  if (!file) return ''
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST_CONFIG_BYTES), 0, LONGEST_CONFIG_BYTES, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}

function originOf(config: string): string | null {
  let isOrigin = false
  for (const line of config.split('\n')) {
    const text = line.trim()
    if (text.startsWith('[')) isOrigin = /^\[remote "origin"\]/.test(text)
    else if (isOrigin && /^url\s*=/.test(text))
      return text
        .slice(text.indexOf('=') + 1)
        .trim()
        .replace(/^"(.*)"$/, '$1')
  }
  return null
}
