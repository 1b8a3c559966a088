import type { SourceText } from './source-text.ts'
import type { SymbolList } from './symbol-list.ts'

const DEFINE = /^[ \t]*#[ \t]*define[ \t]+([A-Za-z]\w*)(\([\w, \t.]*\))?[ \t]*(.*)$/
const MAX_SHOWN_VALUE = 60

/** Macros of a header that stand inside functions or where its syntax tree is torn: a line is enough to know them. */
export function addLostMacros(list: SymbolList, source: SourceText): void {
  if (!source.content.includes('define')) return
  const lines = source.content.split('\n')
  for (const [at, line] of lines.entries()) {
    const [, name = '', params = '', value = ''] = DEFINE.exec(line.trimEnd()) ?? []
    if (!name || list.find(name)) continue
    const start = at + 1
    const range = { path: source.path, start, end: start + continuedLines(lines, at) }
    const isShort = value.length <= MAX_SHOWN_VALUE && !value.endsWith('\\')
    list.add({
      name,
      kind: params ? 'function' : 'constant',
      public: value !== '' && !/_H(?:PP|H)?_*$/.test(name),
      signature: `#define ${name}${params}${isShort ? ` ${value}` : ''}`.trimEnd(),
      params: paramsOf(params),
      range,
      declaration: { ...range, end: start },
    })
  }
}

/** Lines below one that ends with a backslash. */
function continuedLines(lines: string[], from: number): number {
  let count = 0
  while (lines[from + count]?.trimEnd().endsWith('\\')) count += 1
  return count
}

function paramsOf(list: string) {
  const names = list.replace(/[()\s]/g, '').split(',')
  return names.filter(Boolean).map((name) => ({ name, type: null, default: null, optional: false, doc: null }))
}
