import { hash } from 'node:crypto'
import type { WrittenPage } from '#lib/domain/page.ts'
import { type PageNames, pageNames } from '#lib/links/page-names.ts'

/** A page as one line of JSON: slug, hash of the Markdown it was read in, names. */
type Line = [slug: string, key: string, names: PageNames]

interface Read {
  key: string
  names: PageNames
  line: Uint8Array
}

const LINE_END = 10

/**
 * Reads each page once, and those not at all that are as `before` knows them, which is what `toRemember` gave, put together:
 * of these the same bytes are remembered again.
 */
export function rememberedNames(before: Buffer | null) {
  const old = before ? linesIn(before) : new Map<string, Read>()
  const now = new Map<string, Read>()
  return {
    namesOf({ slug, markdown }: WrittenPage): PageNames {
      const read = now.get(slug)
      if (read) return read.names
      const key = hash('sha256', markdown)
      const known = old.get(slug)
      const kept = known?.key === key ? known : lineOf([slug, key, pageNames(markdown)])
      now.set(slug, kept)
      return kept.names
    },
    toRemember: (): Uint8Array[] => Array.from(now.values(), ({ line }) => line),
  }
}

function linesIn(bytes: Buffer): Map<string, Read> {
  const found = new Map<string, Read>()
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(LINE_END, at) + 1
    const [slug, key, names] = JSON.parse(bytes.toString('utf8', at, end)) as Line
    found.set(slug, { key, names, line: bytes.subarray(at, end) })
    at = end
  }
  return found
}

function lineOf(line: Line): Read {
  const [, key, names] = line
  return { key, names, line: Buffer.from(`${JSON.stringify(line)}\n`) }
}
