import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants } from 'node:zlib'
import type { Facts } from '#lib/domain/facts.ts'
import { type FactsSummary, factsSummarySchema, summarizeFacts } from '#lib/domain/facts-summary.ts'

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)
const LARGEST_BYTES = 4 * 1024 * 1024

/** The summary of facts, compressed, as base64: what a run leaves behind to be compared with. */
export async function packSummary(facts: Facts): Promise<string> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
  return (await compress(JSON.stringify(summarizeFacts(facts)), { params })).toString('base64')
}

/** Null for what is damaged or of another format. */
export async function unpackSummary(packed: Uint8Array): Promise<FactsSummary | null> {
  try {
    const text = await decompress(packed, { maxOutputLength: LARGEST_BYTES })
    return factsSummarySchema.safeParse(JSON.parse(text.toString())).data ?? null
  } catch {
    return null
  }
}
