import type { Node } from '#lib/facts/parse/node.ts'

export interface RustAttribute {
  name: string
  text: string
  /** `key = "value"` pairs; a key without value has empty text. */
  values: Map<string, string>
}

const PAIR =
  /([A-Za-z_]\w*)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|r"([^"]*)"|'((?:[^'\\]|\\.)+)'|([^,()"]+(?:\([^()]*\))?))|\([^()]*\))?\s*(?:,|$)/y

/** Attributes directly above a Rust item, field or variant. */
export function attributesAbove(node: Node): RustAttribute[] {
  const found: RustAttribute[] = []
  for (
    let at = node.previousNamedSibling;
    at && /^(?:attribute_item|line_comment|block_comment)$/.test(at.type);
    at = at.previousNamedSibling
  )
    if (at.type === 'attribute_item') found.unshift(attributeOf(at.text))
  return found
}

function attributeOf(text: string): RustAttribute {
  const [, name = '', inner = ''] = /^#\[\s*(?:\w+::)*(\w+)\s*(?:\(([\s\S]*)\))?\s*(?:=[\s\S]*)?\]$/.exec(text) ?? []
  const values = new Map<string, string>()
  const list = inner.replace(/\s+/g, ' ').trim()
  PAIR.lastIndex = 0
  while (PAIR.lastIndex < list.length) {
    const start = PAIR.lastIndex
    const match = PAIR.exec(list)
    if (!match) {
      // What is no pair (a closure, a path) is passed over up to the next comma.
      const comma = list.indexOf(',', start)
      if (comma === -1) break
      PAIR.lastIndex = comma + 1
    } else values.set(match[1] ?? '', (match[2] ?? match[3] ?? match[4] ?? match[5] ?? '').trim())
    while (list[PAIR.lastIndex] === ' ') PAIR.lastIndex += 1
  }
  return { name, text, values }
}

/** First paragraph of the `///` comment above a node, one line; null when there is none. */
export function rustHelp(node: Node): string | null {
  const lines: string[] = []
  for (
    let at = node.previousNamedSibling;
    at && /^(?:attribute_item|line_comment)$/.test(at.type);
    at = at.previousNamedSibling
  )
    if (at.type === 'line_comment' && at.text.startsWith('///'))
      lines.unshift(at.text.replace(/^\/\/\/ ?/, '').trimEnd())
  return (
    lines
      .join('\n')
      .trim()
      .split(/\n\s*\n/)[0]
      ?.replace(/\s+/g, ' ') || null
  )
}

/** `DryRun` and `dry_run` as `dry-run`. */
export function kebab(name: string): string {
  return name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .replaceAll('_', '-')
    .toLowerCase()
}
