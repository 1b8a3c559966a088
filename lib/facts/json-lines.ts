/** A JSON value that knows its lines. Comments and trailing commas are accepted, as in tsconfig files. */
export interface JsonNode {
  value: string | number | boolean | null | JsonNode[] | Map<string, JsonNode>
  /** Lines of the entry, its key included; 1-based, inclusive. */
  start: number
  end: number
}

const MAX_DEPTH = 60

/** Parses JSON text; null when it is not JSON or nested too deeply. */
export function parseJsonLines(text: string): JsonNode | null {
  try {
    return new JsonReader(text).read()
  } catch {
    return null
  }
}

/** The node at a path of keys; undefined when there is none. */
export function jsonAt(node: JsonNode | null | undefined, ...keys: string[]): JsonNode | undefined {
  let current = node ?? undefined
  for (const key of keys) current = current?.value instanceof Map ? current.value.get(key) : undefined
  return current
}

/** The text at a path of keys; null when it is absent or not text. */
export function jsonText(node: JsonNode | null | undefined, ...keys: string[]): string | null {
  const value = jsonAt(node, ...keys)?.value
  return typeof value === 'string' ? value : null
}

/** Entries of the object at a path of keys; none when it is not an object. */
export function jsonEntries(node: JsonNode | null | undefined, ...keys: string[]): [string, JsonNode][] {
  const value = jsonAt(node, ...keys)?.value
  return value instanceof Map ? [...value] : []
}

const TOKEN = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|("(?:[^"\\\n]|\\.)*")|([{}[\],:])|([^\s{}[\],:"/]+)/y

class JsonReader {
  private readonly tokens: { text: string; line: number }[] = []
  private at = 0

  constructor(text: string) {
    let line = 1
    TOKEN.lastIndex = 0
    while (TOKEN.lastIndex < text.length) {
      const match = TOKEN.exec(text)
      if (!match) throw new SyntaxError('Not JSON')
      const token = match[1] ?? match[2] ?? match[3]
      if (token !== undefined) this.tokens.push({ text: token, line })
      else for (const char of match[0]) if (char === '\n') line += 1
    }
  }

  read(): JsonNode {
    const node = this.value(0)
    if (this.at < this.tokens.length) throw new SyntaxError('Text after the value')
    return node
  }

  private value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) throw new SyntaxError('Nested too deeply')
    const { text, line } = this.next()
    if (text === '{') return this.object(line, depth)
    if (text === '[') return this.array(line, depth)
    return { value: JSON.parse(text), start: line, end: line }
  }

  private object(start: number, depth: number): JsonNode {
    const entries = new Map<string, JsonNode>()
    for (;;) {
      const key = this.next()
      if (key.text === '}') return { value: entries, start, end: key.line }
      if (key.text === ',') continue
      if (this.next().text !== ':') throw new SyntaxError('A key without a value')
      const node = this.value(depth + 1)
      entries.set(JSON.parse(key.text), { ...node, start: key.line })
    }
  }

  private array(start: number, depth: number): JsonNode {
    const items: JsonNode[] = []
    for (;;) {
      const token = this.tokens[this.at]
      if (token?.text === ']') {
        this.at += 1
        return { value: items, start, end: token.line }
      }
      if (token?.text === ',') this.at += 1
      else items.push(this.value(depth + 1))
    }
  }

  private next(): { text: string; line: number } {
    const token = this.tokens[this.at]
    if (!token) throw new SyntaxError('Unexpected end')
    this.at += 1
    return token
  }
}
