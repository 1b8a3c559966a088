import { isMap, isScalar, LineCounter, parseDocument, type Node as YamlNode } from 'yaml'
import { type JsonNode, parseJsonLines } from '#lib/facts/json-lines.ts'
import type { RawKey } from '#lib/facts/parse/parsed-file.ts'

const MAX_KEYS = 400
const MAX_DEPTH = 8
const SAMPLE =
  /[.-](?:example|sample|dist|default)\.(ya?ml|toml|json|ini|conf|cfg)$|\.(ya?ml|toml|json|ini|conf|cfg)[.-](?:example|sample|dist|default)$/i

/** Keys of a configuration file that is kept as an example: its values are what a reader starts from. */
export function sampleFileKeys(path: string, text: string): RawKey[] {
  const match = SAMPLE.exec(path)
  const ending = (match?.[1] ?? match?.[2])?.toLowerCase()
  // Settings of editors and services are no settings of the project.
  if (!ending || /(?:docker-|^|\/)compose|(?:^|\/)\.\w[^/]*\//.test(path)) return []
  if (/^ya?ml$/.test(ending)) return yamlKeys(path, text)
  if (ending === 'json') return jsonKeys(path, text)
  return iniKeys(path, text, ending === 'toml')
}

function yamlKeys(path: string, text: string): RawKey[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, strict: false, uniqueKeys: false, logLevel: 'silent' })
  return mapKeys(document.contents, { prefix: '', depth: 0, path, lines }).slice(0, MAX_KEYS)
}

interface YamlWalk {
  prefix: string
  depth: number
  path: string
  lines: LineCounter
}

function mapKeys(node: unknown, walk: YamlWalk): RawKey[] {
  if (!isMap(node) || walk.depth > MAX_DEPTH) return []
  return node.items.flatMap(({ key, value }, index) => {
    if (!isScalar(key) || key.value === '<<') return []
    const name = `${walk.prefix}${String(key.value)}`
    if (isMap(value) && value.items.length > 0)
      return mapKeys(value, { ...walk, prefix: `${name}.`, depth: walk.depth + 1 })
    const above = key.commentBefore ?? (index === 0 ? node.commentBefore : null)
    const line = walk.lines.linePos(key.range?.[0] ?? 0).line
    const scalar = isScalar(value) ? value.value : value
    const given = isScalar(value) && value.value !== null ? String(value.value) : null
    const help = commentText(above ?? (value as YamlNode | null)?.comment)
    const range = { path: walk.path, start: line, end: line }
    return [{ name, type: typeOf(scalar), default: shown(given), help, owner: walk.path, range }]
  })
}

function commentText(comment: string | null | undefined): string | null {
  const paragraph = comment?.split(/\n\s*\n/).at(-1) ?? ''
  return (
    paragraph
      .replace(/^[#\s]+/gm, ' ')
      .replace(/\s+/g, ' ')
      .trim() || null
  )
}

function typeOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'object') return 'list'
  return typeof value === 'string' ? 'string' : typeof value
}

function shown(text: string | null): string | null {
  return text === null || text === '' || text.length > 120 ? null : text
}

function jsonKeys(path: string, text: string): RawKey[] {
  const found: RawKey[] = []
  const visit = (node: JsonNode, prefix: string, depth: number): void => {
    if (!(node.value instanceof Map) || depth > MAX_DEPTH) return
    for (const [key, inner] of node.value) {
      const name = `${prefix}${key}`
      if (inner.value instanceof Map && inner.value.size > 0) visit(inner, `${name}.`, depth + 1)
      else if (found.length < MAX_KEYS) {
        const value = typeof inner.value === 'object' ? null : String(inner.value)
        found.push({
          name,
          type: typeOf(inner.value),
          default: shown(value),
          help: null,
          owner: path,
          range: { path, start: inner.start, end: inner.end },
        })
      }
    }
  }
  const root = parseJsonLines(text)
  if (root) visit(root, '', 0)
  return found
}

const ENTRY = /^([A-Za-z][\w.-]*)\s*[=:]\s*(.*)$/

/** `[section]` and `key = value`, the comment above being the help. */
function iniKeys(path: string, text: string, isToml: boolean): RawKey[] {
  const found: RawKey[] = []
  let section = ''
  let comments: string[] = []
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const head = /^\s*\[+([^\]]+)\]+/.exec(line)?.[1]
    const [, key, value = ''] = ENTRY.exec(line.trim()) ?? []
    if (head) section = `${head.trim().replaceAll('"', '')}.`
    if (key) {
      const plain = value.replace(/\s+[#;].*$/, '').trim()
      const range = { path, start: at + 1, end: at + 1 }
      const fallback = shown(plain.replace(/^(["'])(.*)\1$/, '$2'))
      const type = isToml ? tomlType(plain) : null
      found.push({
        name: section + key,
        type,
        default: fallback,
        help: comments.join(' ').trim() || null,
        owner: path,
        range,
      })
    }
    comments = /^\s*[#;]/.test(line) ? [...comments, line.replace(/^\s*[#;]+\s?/, '')] : []
  }
  return found.slice(0, MAX_KEYS)
}

function tomlType(value: string): string {
  if (/^(?:true|false)$/.test(value)) return 'boolean'
  if (/^-?\d+(?:\.\d+)?$/.test(value)) return 'number'
  return value.startsWith('[') ? 'list' : 'string'
}
