import { type JsonNode, jsonAt, jsonEntries, jsonText, parseJsonLines } from '#lib/facts/json-lines.ts'
import type { RawKey } from '#lib/facts/parse/parsed-file.ts'

const MAX_DEPTH = 6
const MAX_KEYS = 500
const CONFIGURES = /config|settings|options|preferences|\brc\b/i

/** Keys of a JSON Schema that describes a configuration file; a schema of messages or data describes something else. */
export function jsonSchemaKeys(path: string, text: string): RawKey[] {
  if (!text.includes('"properties"')) return []
  const root = parseJsonLines(text)
  const isSchema = /json-schema/.test(jsonText(root, '$schema') ?? '') || jsonText(root, 'type') === 'object'
  const said = [
    path.split('/').at(-1),
    jsonText(root, 'title'),
    jsonText(root, 'description'),
    jsonText(root, '$id'),
  ].join(' ')
  if (!root || !isSchema || !CONFIGURES.test(said)) return []
  const reading: Reading = { root, path, found: [], owner: jsonText(root, 'title') ?? path.split('/').at(-1) ?? path }
  const target = jsonText(root, '$ref')
  readProperties(target ? (referenced(target, root) ?? root) : root, '', { ...reading, depth: 0 })
  return reading.found.slice(0, MAX_KEYS)
}

interface Reading {
  root: JsonNode
  path: string
  found: RawKey[]
  owner: string
}

function readProperties(schema: JsonNode, prefix: string, reading: Reading & { depth: number }): void {
  const { root, path, found, owner, depth } = reading
  if (depth > MAX_DEPTH || found.length > MAX_KEYS) return
  for (const [key, written] of jsonEntries(schema, 'properties')) {
    if (key.startsWith('$')) continue
    const node = resolved(written, root)
    const name = `${prefix}${key}`
    const inner = jsonEntries(node, 'properties')
    const fallback = jsonAt(written, 'default') ?? jsonAt(node, 'default')
    found.push({
      name,
      type: typeOf(node),
      default: fallback ? valueText(fallback) : null,
      help:
        (
          jsonText(written, 'description') ??
          jsonText(node, 'description') ??
          jsonText(node, 'markdownDescription')
        )?.replace(/\s+/g, ' ') ?? null,
      owner,
      range: { path, start: written.start, end: written.end },
    })
    if (inner.length > 0) readProperties(node, `${name}.`, { ...reading, depth: depth + 1 })
  }
}

function resolved(node: JsonNode, root: JsonNode): JsonNode {
  const target = jsonText(node, '$ref')
  return (target ? referenced(target, root) : undefined) ?? node
}

/** The part a reference within the file leads to. */
function referenced(target: string, root: JsonNode): JsonNode | undefined {
  return target.startsWith('#/') ? jsonAt(root, ...target.slice(2).split('/')) : undefined
}

function typeOf(node: JsonNode): string | null {
  const values = jsonAt(node, 'enum')?.value
  if (Array.isArray(values)) return values.map(valueText).join(' | ').slice(0, 120)
  const type = jsonAt(node, 'type')?.value
  if (Array.isArray(type)) return type.map(valueText).join(' | ')
  return typeof type === 'string' ? type : null
}

function valueText({ value }: JsonNode): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`.slice(0, 80)
  if (value instanceof Map) return value.size === 0 ? '{}' : '{…}'
  return String(value)
}
