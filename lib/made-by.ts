import { hash } from 'node:crypto'
import type { Writer } from '#lib/domain/writer.ts'
import { extractorVersion } from '#lib/facts/cache/extractor-version.ts'
import { rendererVersion } from '#lib/site/render-keys.ts'

/** Names the code that makes a site, so that one of an older docsfy is not taken for what this one would make. */
export function madeBy(writer: Writer): string {
  const versions = [writer.version, extractorVersion(), rendererVersion()]
  return hash('sha256', versions.join('\n')).slice(0, 16)
}
