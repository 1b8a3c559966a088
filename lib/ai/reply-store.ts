import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { atomicWrite, TEMPORARY_PREFIX } from '#lib/atomic-write.ts'
import type { ReplyRoom } from '#lib/domain/job.ts'
import { log } from '#lib/log.ts'

/** So that not every reply after a full one removes another. */
const KEPT_SHARE = 0.9
/** A name that is still unfinished after this time was left by a crash. */
const UNFINISHED_MS = 3_600_000
const NAME = /^[0-9a-f]{64}\.json$/

const replySchema = z.object({
  format: z.literal(1),
  text: z.string().min(1),
  /** SHA-256 of the text. */
  hash: z.string(),
  input_tokens: z.number().nonnegative(),
  output_tokens: z.number().nonnegative(),
  refused: z.boolean().optional(),
})

/** A complete answer of a model, and what it took when it was made. */
export interface KeptReply {
  text: string
  inputTokens: number
  outputTokens: number
  /** Nothing could be made of it. */
  isRefused?: boolean
}

export interface ReplyStore {
  /** Null for what is not there, or no longer whole. */
  read(key: string): Promise<KeptReply | null>
  /** Marks a reply of which nothing could be made. Never throws. */
  refuse(key: string): Promise<void>
  /** Keeps a reply, and removes those that were not used for longest when there is no room. Never throws. */
  keep(key: string, reply: KeptReply): Promise<void>
}

/** Replies as files of their own under the hash of what was asked, readable by this account only. */
export function replyStore({ folder, maxBytes }: ReplyRoom): ReplyStore {
  let bytes: number | null = null
  const pathOf = (key: string) => join(folder, key.slice(0, 2), `${key}.json`)

  async function makeRoom(): Promise<void> {
    const files = (await storedFiles(folder)).sort((a, b) => a.usedMs - b.usedMs)
    let total = files.reduce((sum, file) => sum + file.bytes, 0)
    const removed = { replies: 0, bytes: 0 }
    if (total > maxBytes)
      for (const file of files) {
        if (total <= maxBytes * KEPT_SHARE) break
        await rm(file.path, { force: true })
        total -= file.bytes
        removed.replies += 1
        removed.bytes += file.bytes
      }
    if (removed.replies > 0)
      log.info('kept replies of models were removed, because they need more room than AI_CACHE_MB gives', removed)
    bytes = total
  }

  return {
    async read(key) {
      const path = pathOf(key)
      const reply = wholeReply(await readFile(path, 'utf8').catch(() => null))
      // A reply that is used is not the next one to go.
      if (reply) await utimes(path, new Date(), new Date()).catch(() => undefined)
      return reply
    },
    async refuse(key) {
      const reply = wholeReply(await readFile(pathOf(key), 'utf8').catch(() => null))
      if (!reply || reply.isRefused) return
      await atomicWrite(pathOf(key), jsonOf({ ...reply, isRefused: true }), 0o600).catch(() => undefined)
    },
    async keep(key, reply) {
      const json = jsonOf(reply)
      try {
        await mkdir(join(folder, key.slice(0, 2)), { recursive: true, mode: 0o700 })
        await atomicWrite(pathOf(key), json, 0o600)
        if (bytes !== null) bytes += Buffer.byteLength(json)
        if (bytes === null || bytes > maxBytes) await makeRoom()
      } catch (error) {
        log.warn('the reply of a model could not be kept; asking again would cost again', { error })
      }
    },
  }
}

export interface StoredReplies {
  replies: number
  bytes: number
}

/** How many replies are kept, and how much room they take. */
export async function storedReplies(folder: string): Promise<StoredReplies> {
  const files = await storedFiles(folder)
  return { replies: files.length, bytes: files.reduce((sum, file) => sum + file.bytes, 0) }
}

function jsonOf({
  text,
  inputTokens: input_tokens,
  outputTokens: output_tokens,
  isRefused: refused,
}: KeptReply): string {
  return JSON.stringify({ format: 1, text, hash: hashOf(text), input_tokens, output_tokens, refused })
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function wholeReply(json: string | null): KeptReply | null {
  if (json === null) return null
  try {
    const { text, hash, input_tokens, output_tokens, refused } = replySchema.parse(JSON.parse(json))
    if (hash !== hashOf(text)) return null
    return { text, inputTokens: input_tokens, outputTokens: output_tokens, isRefused: refused }
  } catch {
    return null
  }
}

interface StoredFile {
  path: string
  bytes: number
  usedMs: number
}

/** Every kept reply. What a crash left unfinished is removed on the way. */
async function storedFiles(folder: string): Promise<StoredFile[]> {
  const files: StoredFile[] = []
  for (const part of await readdir(folder).catch(() => []))
    for (const name of await readdir(join(folder, part)).catch(() => [])) {
      const path = join(folder, part, name)
      const known = await stat(path).catch(() => null)
      if (!known) continue
      if (NAME.test(name)) files.push({ path, bytes: known.size, usedMs: known.mtimeMs })
      else if (name.startsWith(TEMPORARY_PREFIX) && Date.now() - known.mtimeMs > UNFINISHED_MS)
        await rm(path, { force: true })
    }
  return files
}
