import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import type { ConfigurationKeyFact, SourceRange } from '#lib/domain/facts.ts'
import { dirOf } from '#lib/facts/imports/paths.ts'
import { byPlace } from '#lib/facts/order.ts'
import type { RawKey } from '#lib/facts/parse/parsed-file.ts'

const MAX_KEYS = 1_000
const MAX_DEPTH = 8
const PARAMETER = /^#+\s*@param\s+([\w.[\]-]+)\s+(?:\[[^\]]*\]\s*)?(\S.*)$/gm

const MOST_USES = 20

/** Values that whoever installs a Helm chart may set, with what is said above each and the templates that read it. */
export function helmKeys(texts: ReadonlyMap<string, string>): ConfigurationKeyFact[] {
  return [...texts].flatMap(([path, text]) => {
    const dir = dirOf(path)
    const isChart = ['Chart.yaml', 'Chart.yml'].some((name) => texts.has(dir === '' ? name : `${dir}/${name}`))
    if (!isChart || !/(?:^|\/)values\.ya?ml$/.test(path)) return []
    const templates = [...texts].filter(([one]) => one.startsWith(dir === '' ? 'templates/' : `${dir}/templates/`))
    const uses = usesIn(templates)
    return valuesOf(path, text).map((key) => ({ ...key, usedIn: placesOf(key.name, uses) }))
  })
}

function valuesOf(path: string, text: string): RawKey[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, strict: false, uniqueKeys: false, logLevel: 'silent' })
  const described = new Map(Array.from(text.matchAll(PARAMETER), ([, name = '', help = '']) => [name, help.trim()]))
  return entriesOf(document.contents, '', 0)
    .slice(0, MAX_KEYS)
    .map(({ name, offset, value, above }) => {
      const line = lines.linePos(offset).line
      const given = isScalar(value) && value.value !== null && value.value !== '' ? String(value.value) : null
      return {
        name,
        type: typeOf(value),
        default: given !== null && given.length <= 120 ? given : null,
        help: described.get(name) ?? helpOf(above),
        owner: path,
        range: { path, start: line, end: line },
      }
    })
}

interface Entry {
  name: string
  offset: number
  value: unknown
  /** Comment above the key. */
  above: string | null | undefined
}

/** Everything that has a value of its own; an empty mapping is one. */
function entriesOf(node: unknown, prefix: string, depth: number): Entry[] {
  if (!isMap(node) || depth > MAX_DEPTH) return []
  return node.items.flatMap(({ key, value }, index) => {
    if (!isScalar(key) || key.value === '<<') return []
    const name = `${prefix}${String(key.value)}`
    if (isMap(value) && value.items.length > 0) return entriesOf(value, `${name}.`, depth + 1)
    const above = key.commentBefore ?? (index === 0 ? node.commentBefore : null)
    return [{ name, offset: key.range?.[0] ?? 0, value, above }]
  })
}

function typeOf(value: unknown): string | null {
  if (isMap(value)) return 'object'
  if (!isScalar(value)) return 'list'
  return value.value === null ? null : typeof value.value
}

/** `# -- help` begins it; without that the last paragraph that is no code put out of use. */
function helpOf(comment: string | null | undefined): string | null {
  const lines = (comment ?? '').split('\n').map((line) => line.replace(/^[#\s]+/, '').trim())
  const marked = lines.findLastIndex((line) => line.startsWith('-- '))
  const start = marked >= 0 ? marked : lines.lastIndexOf('') + 1
  const told = lines.slice(start).filter((line) => line !== '' && !/^@\w+|^-\s|^[\w.]+:(?:\s|$)/.test(line))
  return (
    told
      .join(' ')
      .replace(/^-- (?:\([^)]*\) )?/, '')
      .trim() || null
  )
}

/** `hasKey .Values.image "tag"` asks for one value, not for all of them. */
const HAS_KEY = /\bhasKey\s+(\$?\.Values\.[\w.]*\w)\s+"([\w-]+)"/g

/** Places of templates that read a value: `.Values.image.tag`. */
function usesIn(templates: [path: string, text: string][]): Map<string, SourceRange[]> {
  const found = new Map<string, SourceRange[]>()
  for (const [path, text] of templates)
    for (const [at, line] of text.split('\n').entries())
      for (const name of new Set(
        Array.from(line.replace(HAS_KEY, '$1.$2').matchAll(/\.Values\.([\w.]*\w)/g), (match) => match[1] ?? ''),
      )) {
        const places = found.get(name) ?? []
        places.push({ path, start: at + 1, end: at + 1 })
        found.set(name, places)
      }
  return found
}

/** Where a value is read by its own name; one that nobody names is read by what reads the nearest part it belongs to. */
function placesOf(name: string, uses: ReadonlyMap<string, SourceRange[]>): SourceRange[] {
  const parts = name.split('.')
  const named = parts.map((_, at) => uses.get(parts.slice(0, at + 1).join('.')))
  return (named.findLast((places) => places !== undefined) ?? []).toSorted(byPlace).slice(0, MOST_USES)
}
