import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { replyStore } from '#lib/ai/reply-store.ts'
import { countedReplies } from '#lib/services/cost/counted-replies.ts'

it('counts the files of kept replies once in five minutes, however often somebody looks', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-counted-'))
  let nowMs = 0
  const counted = async () => (await countedReplies(folder, () => nowMs)).replies
  const keep = async (digit: string) =>
    await replyStore({ folder, maxBytes: 1e6 }).keep(digit.repeat(64), { text: 'x', inputTokens: 1, outputTokens: 1 })
  try {
    await keep('a')
    expect(await counted()).toBe(1)
    await keep('b')
    nowMs = 299_000
    expect(await counted()).toBe(1)
    nowMs = 300_000
    expect(await counted()).toBe(2)
  } finally {
    await rm(folder, { recursive: true })
  }
})
