import { parse } from 'smol-toml'

/** Larger ones are lock files or attacks, not manifests. */
const MAX_CHARS = 200_000

export type TomlTable = Record<string, unknown>

/** Parses TOML; null when it is not TOML. */
export function parseToml(text: string): TomlTable | null {
  if (text.length > MAX_CHARS) return null
  try {
    return parse(text)
  } catch {
    return null
  }
}

/** The value at a path of keys; undefined when there is none. */
export function tomlAt(table: TomlTable | null, ...keys: string[]): unknown {
  let current: unknown = table
  for (const key of keys) {
    const isTable = typeof current === 'object' && current !== null && !Array.isArray(current)
    current = isTable && Object.hasOwn(current as TomlTable, key) ? (current as TomlTable)[key] : undefined
  }
  return current
}

export function tomlText(table: TomlTable | null, ...keys: string[]): string | null {
  const value = tomlAt(table, ...keys)
  return typeof value === 'string' ? value : null
}

export function tomlEntries(table: TomlTable | null, ...keys: string[]): [string, unknown][] {
  const value = tomlAt(table, ...keys)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
}

/**
 * Line of a key inside a table (`project.scripts`), 1-based. Without a line of its own (inline tables, lists) the line of
 * the nearest enclosing key; null when neither is found.
 */
export function tomlLine(text: string, table: string, key: string | null): number | null {
  const lines = text.split(/\r?\n/)
  let header: number | null = null
  let isInside = table === ''
  const pattern = key === null ? null : new RegExp(`^\\s*["']?${escaped(key)}["']?\\s*[=.]`)
  for (const [at, line] of lines.entries()) {
    const name = /^\s*\[\[?\s*([^\]]+?)\s*\]\]?/.exec(line)?.[1]
    if (name !== undefined && !line.includes('=')) {
      isInside = name.replaceAll(/["'\s]/g, '') === table
      if (isInside) header ??= at + 1
      if (isInside && key === null) return at + 1
    } else if (isInside && pattern?.test(line)) return at + 1
  }
  return header
}

/** Line on which a list of strings holds an item that begins with `start`, searched from a line on. */
export function tomlItemLine(text: string, item: string, fromLine: number): number {
  const lines = text.split(/\r?\n/)
  for (let at = fromLine - 1; at < lines.length; at += 1)
    if (lines[at]?.includes(`"${item}`) || lines[at]?.includes(`'${item}`)) return at + 1
  return fromLine
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
