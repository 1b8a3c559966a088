import { Readable } from 'node:stream'
import type { Archive } from '#lib/services/variants/download.ts'

/** Sends an archive as a download. */
export function archiveResponse({ fileName, content }: Archive): Response {
  return new Response(Readable.toWeb(content) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': 'application/gzip',
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
