import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'

/** A value of a YAML file that knows its lines. */
export interface YamlEntry {
  key: string
  value: unknown
  start: number
  end: number
}

export interface YamlFile {
  root: unknown
  /** Entries of a mapping; none when it is something else. */
  entries(node: unknown): YamlEntry[]
}

/** Parses YAML as far as it is well formed; several documents give the first. */
export function yamlFile(text: string): YamlFile | null {
  const lines = new LineCounter()
  const options = { lineCounter: lines, strict: false, uniqueKeys: false, logLevel: 'silent' } as const
  const document = parseDocument(text, options)
  if (!document.contents) return null
  const lineAt = (offset: number) => lines.linePos(offset).line
  const resolve = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node)
  return {
    root: document.contents,
    entries: (node) => {
      const map = resolve(node)
      if (!isMap(map)) return []
      return map.items.flatMap((pair) => {
        if (!isScalar(pair.key)) return []
        const start = lineAt(pair.key.range?.[0] ?? 0)
        const last = (pair.value as Node | null)?.range?.[1] ?? pair.key.range?.[1] ?? 0
        return [
          {
            key: String(pair.key.value),
            value: resolve(pair.value),
            start,
            end: Math.max(start, lineAt(Math.max(last - 1, 0))),
          },
        ]
      })
    },
  }
}

/** Items of a list; the value alone when it is none. */
export function yamlItems(node: unknown): unknown[] {
  return isSeq(node) ? node.items : node === null || node === undefined ? [] : [node]
}

/** Text of a scalar; null for anything else. */
export function yamlText(node: unknown): string | null {
  return isScalar(node) && node.value !== null && node.value !== undefined ? String(node.value) : null
}
