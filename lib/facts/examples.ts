import type {
  DocumentFact,
  ExampleFact,
  FileFact,
  ManifestFact,
  OfferedFact,
  ReferenceFacts,
  SectionFact,
  SymbolFact,
} from '#lib/domain/facts.ts'
import { dirOf } from './imports/paths.ts'
import { languageOf } from './languages.ts'
import { byPlace, byText } from './order.ts'
import { familyOf } from './references/symbol-index.ts'
import type { SymbolColumns, SymbolRun } from './symbol-columns.ts'
import type { SymbolList } from './symbol-list.ts'
import { symbolsTouched } from './tests.ts'

export interface ExampleSources {
  files: FileFact[]
  documents: DocumentFact[]
  symbols: SymbolList
  columns: Pick<SymbolColumns, 'runs'>
  references: ReferenceFacts
  offered: OfferedFact[]
  manifests: ManifestFact[]
}

/**
 * Code that shows how something is used, with the symbols it uses: example files, code blocks of documents, examples in
 * doc comments. Only what uses a symbol of the repository is told, and only what stands in files that are wanted.
 */
export function exampleFacts(sources: ExampleSources, isWanted: (path: string) => boolean = () => true): ExampleFact[] {
  const { files, documents, symbols, columns, references } = sources
  let known: Map<string, Named> | null = null
  const names = () => {
    known ??= namesToLookFor(sources)
    return known
  }
  const touched = symbolsTouched(references, symbols)
  const inFiles = files.flatMap(({ path, role, language, lines }, at): ExampleFact[] =>
    role === 'example' && isWanted(path)
      ? [{ kind: 'file', language, range: { path, start: 1, end: lines }, touches: touched(at) }]
      : [],
  )
  const isOwn = new Set(files.flatMap(({ path, role }) => (role === 'docs' && isWanted(path) ? [path] : [])))
  const inDocuments = documents
    .filter(({ path }) => isOwn.has(path))
    .flatMap(({ path, sections }) => sections.flatMap((section) => blocksOf(path, section)))
    .map(
      ({ code, ...block }): ExampleFact => ({
        ...block,
        kind: 'document',
        touches: used(code, block.language, names()),
      }),
    )
  const wanted = columns.runs.filter(({ path }) => isWanted(path)).flatMap((run) => symbolsOf(symbols, run))
  const inComments = wanted.flatMap(({ id, doc, range }): ExampleFact[] => {
    if (!doc || doc.examples.length === 0) return []
    const touches = [...new Set([id, ...used(doc.examples.join('\n'), null, names())])]
    return [{ kind: 'doctest', language: languageOf(range.path)?.name ?? null, range: doc.range, touches }]
  })
  return [...inFiles, ...inDocuments, ...inComments]
    .filter(({ touches }) => touches.length > 0)
    .map((example) => ({ ...example, touches: example.touches.sort(byText) }))
    .sort(byExample)
}

/** Order of examples: by place, then by kind. */
export function byExample(a: ExampleFact, b: ExampleFact): number {
  return byPlace(a.range, b.range) || byText(a.kind, b.kind)
}

/** Whether examples find a symbol by its name alone; others they find by what packages offer. */
export function isFoundByName({ parent, public: isPublic, range }: SymbolFact): boolean {
  return isPublic && parent === null && mayBeFoundByName(range.path)
}

function mayBeFoundByName(path: string): boolean {
  return !/^(?:javascript|Python|Rust)$/.test(familyOf(path))
}

function symbolsOf(symbols: SymbolList, { start, end }: SymbolRun): SymbolFact[] {
  return Array.from({ length: end - start }, (_, at) => symbols.get(start + at)).filter((one) => one !== undefined)
}

interface Named {
  id: string
  family: string
}

/** Names that can stand in an example: what packages offer, and public types and functions that are named but once. */
function namesToLookFor({ symbols, columns, offered, manifests }: ExampleSources): Map<string, Named> {
  const module = manifests.find(({ kind, name }) => kind === 'go' && name !== null)?.name?.replace(/\/v\d+$/, '') ?? ''
  const packageOf = (path: string) => lastPart(dirOf(path) || module)
  const names = new Map<string, Named>()
  const repeated = new Set<string>()
  const byName = columns.runs.filter(({ path }) => mayBeFoundByName(path)).flatMap((run) => symbolsOf(symbols, run))
  for (const symbol of byName.filter(isFoundByName)) {
    const { id, name, range } = symbol
    const family = familyOf(range.path)
    const key = family === 'Go' ? `${packageOf(range.path)}.${name}` : name
    if (names.has(key)) repeated.add(key)
    names.set(key, { id, family })
  }
  for (const name of repeated) names.delete(name)
  // The same name of several entries is that of the first: `hono` stands before `hono/tiny`.
  for (const { name, symbol } of offered.toReversed())
    if (name !== 'default') names.set(name, { id: symbol, family: familyOf(symbol.replace(/#.*$/, '')) })
  return names
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

const WORD = /(?<![\w$'"-])([A-Za-z_$][\w$]*)(?![\w$'"-])/g
const FAMILIES: [RegExp, string][] = [
  [/^(?:[cm]?[jt]sx?|javascript|typescript)$/, 'javascript'],
  [/^(?:py|python|pycon)$/, 'Python'],
  [/^go(?:lang)?$/, 'Go'],
  [/^(?:rs|rust)$/, 'Rust'],
  [/^(?:java|kotlin|scala)$/, 'jvm'],
  [/^(?:c|h|cpp|c\+\+|cc)$/, 'c'],
  [/^(?:cs|csharp|c#)$/, 'C#'],
  [/^(?:rb|ruby)$/, 'Ruby'],
  [/^php$/, 'PHP'],
  [/^swift$/, 'Swift'],
  [/^(?:ex|exs|elixir|iex)$/, 'Elixir'],
  [/^lua$/, 'Lua'],
]

/** Ids of what a piece of code uses by name; a name of three letters counts only where it is called or behind a dot. */
function used(code: string, language: string | null, names: Map<string, Named>): string[] {
  const family = FAMILIES.find(([pattern]) => pattern.test(language?.toLowerCase() ?? ''))?.[1]
  if (language !== null && family === undefined) return []
  const plain = code.replace(/\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|(?:^|\s)(?:\/\/|#\s).*$/gm, ' ')
  const found = new Set<string>()
  for (const match of plain.matchAll(WORD)) {
    const [, word = ''] = match
    const qualifier = /([\w$]+)\.$/.exec(plain.slice(Math.max(0, match.index - 40), match.index))?.[1]
    const named = names.get(`${qualifier}.${word}`) ?? names.get(word)
    if (!named || (family !== undefined && named.family !== family)) continue
    const isMarked = plain[match.index - 1] === '.' || plain[match.index + word.length] === '('
    if (word.length > 3 || isMarked || /^\p{Lu}/u.test(word)) found.add(named.id)
  }
  return [...found]
}

interface Block {
  language: string | null
  range: ExampleFact['range']
  code: string
}

/** Fenced blocks of Markdown and `code-block` directives of reStructuredText that say which language they hold. */
function blocksOf(path: string, { text, textStart }: SectionFact): Block[] {
  const lines = text.split('\n')
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const fence = /^\s*(`{3,}(?!`)(?!.*`)|~{3,})\s*\{?\.?([\w+#-]+)/.exec(lines[at] ?? '')
    const directive = /^(\s*)\.\. (?:code-block|code|sourcecode):: (\w+)/.exec(lines[at] ?? '')
    if (!fence && !directive) continue
    const first = at + 1
    const indent = directive?.[1]?.length ?? 0
    const isEnd = (line: string) =>
      fence ? line.trimStart().startsWith(fence[1] ?? '```') : /\S/.test(line) && line.search(/\S/) <= indent
    for (at = first; at < lines.length && !isEnd(lines[at] ?? ''); at += 1);
    const range = { path, start: textStart + first, end: textStart + Math.max(first, at - 1) }
    blocks.push({ language: fence?.[2] ?? directive?.[2] ?? null, range, code: lines.slice(first, at).join('\n') })
    if (directive) at -= 1
  }
  return blocks
}
