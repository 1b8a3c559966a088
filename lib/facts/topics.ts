import { jsonAt, parseJsonLines } from './json-lines.ts'
import { parseToml, tomlAt } from './toml-lines.ts'

const MOST = 20

const KEYWORDS: [file: RegExp, read: (text: string) => unknown][] = [
  [/(?:^|\/)(?:package|composer)\.json$/, (text) => jsonTexts(text)],
  [/(?:^|\/)Cargo\.toml$/, (text) => tomlAt(parseToml(text), 'package', 'keywords')],
  [
    /(?:^|\/)pyproject\.toml$/,
    (text) => tomlAt(parseToml(text), 'project', 'keywords') ?? tomlAt(parseToml(text), 'tool', 'poetry', 'keywords'),
  ],
]

/** Keywords of the manifests that stand nearest to the root and have some; each once, as written. */
export function topicsOf(texts: ReadonlyMap<string, string>, isOwn: (path: string) => boolean): string[] {
  const listed = [...texts].flatMap(([path, text]) => {
    const read = text.includes('keywords') && isOwn(path) ? KEYWORDS.find(([file]) => file.test(path))?.[1] : undefined
    const topics = read ? textsOf(read(text)) : []
    return topics.length > 0 ? [{ depth: path.split('/').length, topics }] : []
  })
  const nearest = Math.min(...listed.map(({ depth }) => depth))
  const all = listed.filter(({ depth }) => depth === nearest).flatMap(({ topics }) => topics)
  return [...new Set(all)].slice(0, MOST)
}

function jsonTexts(text: string): unknown {
  const list = jsonAt(parseJsonLines(text), 'keywords')?.value
  return Array.isArray(list) ? list.map(({ value }) => value) : null
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string' && one.trim() !== '') : []
}
