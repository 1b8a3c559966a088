import type { CodeInterfaces } from '#lib/facts/parse/parsed-file.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'

const READ =
  /\b(?:settings?|config|configuration|conf|cfg|options|opts|args|argv|flags|cli|env|values|params|ns|properties)(?:\?\.|\.|->|::)([A-Za-z_]\w*)|["'`](\/[A-Za-z0-9_{}:$<>[\]()*./-]{1,120})["'`?]/g
const MAY_READ =
  /settings?|config|conf\b|cfg|options|opts|args|argv|flags|cli\b|env\b|values|params|ns\.|properties|["'`]\//
const MOST = 2_000

/** Where a file reads members of options and settings, and where it writes addresses: what interfaces may be used by. */
export function mentionsIn({ content }: SourceText, isTest: boolean): CodeInterfaces['mentions'] {
  if (!MAY_READ.test(content)) return []
  const found = new Map<string, { name: string; line: number }>()
  let line = 1
  let at = 0
  for (const match of content.matchAll(READ)) {
    const name = match[1] ?? match[2]
    if (name === undefined || (isTest && match[1] !== undefined)) continue
    for (let next = content.indexOf('\n', at); next !== -1 && next < match.index; next = content.indexOf('\n', at)) {
      line += 1
      at = next + 1
    }
    found.set(`${line} ${name}`, { name, line })
    if (found.size >= MOST) break
  }
  return [...found.values()]
}
