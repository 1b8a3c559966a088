import { Readable } from 'node:stream'
import type { Download } from '#lib/services/variants/download.ts'

/** Sends a site as a download: no browser shows it as a page of this server. */
export function downloadResponse({ fileName, type, content }: Download): Response {
  return new Response(Readable.toWeb(content) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${fileName}"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
