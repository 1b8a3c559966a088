import type { DocumentFact, FileFact, ImportFact, ModuleFact, SectionFact, SourceRange } from '#lib/domain/facts.ts'
import { dirOf } from './imports/paths.ts'
import type { Manifests } from './manifests.ts'
import { byText } from './order.ts'
import { headerText } from './parse/doc-text.ts'

export interface ModuleSources {
  files: FileFact[]
  imports: ImportFact[]
  fileRank: Record<string, number>
  documents: DocumentFact[]
  manifests: Pick<Manifests, 'descriptions'>
}

/** Modules are the directories that hold source files, with what they import from each other. */
export function modulesOf(sources: ModuleSources): ModuleFact[] {
  const sourceFiles = sources.files.filter(({ role }) => role === 'source')
  const byDir = Map.groupBy(sourceFiles, ({ path }) => moduleOf(path))
  const isSource = new Set(sourceFiles.map(({ path }) => path))
  const edges = importsBetween(
    sources.imports.filter(({ from }) => isSource.has(from)),
    byDir,
  )
  const readmes = readmesOf(sources.documents)
  const importers = new Map<string, string[]>()
  for (const [from, targets] of edges)
    for (const target of targets.keys()) importers.set(target, [...(importers.get(target) ?? []), from])
  return [...byDir]
    .sort(([a], [b]) => byText(a, b))
    .map(([path, files]) => ({
      path,
      files: files.map((file) => file.path),
      summary: summaryOf(path, files, { manifests: sources.manifests, readme: readmes.get(path) }),
      imports: [...(edges.get(path) ?? new Map<string, ModuleFact['imports'][number]>()).values()].sort((a, b) =>
        byText(a.module, b.module),
      ),
      importedBy: (importers.get(path) ?? []).sort(byText),
      rank: files.reduce((sum, file) => sum + (sources.fileRank[file.path] ?? 0), 0),
    }))
}

function moduleOf(path: string): string {
  return dirOf(path) || '.'
}

type Edges = Map<string, Map<string, ModuleFact['imports'][number]>>

function importsBetween(imports: ImportFact[], modules: Map<string, FileFact[]>): Edges {
  const edges: Edges = new Map()
  const counted = new Set<string>()
  for (const { from, to, specifier, range } of imports) {
    if (to === null) continue
    const source = moduleOf(from)
    const target = moduleOf(to)
    if (source === target || !modules.has(target)) continue
    const statement = `${range.start} ${from}\n${specifier}\n${target}`
    if (counted.has(statement)) continue
    counted.add(statement)
    const targets = edges.get(source) ?? new Map<string, ModuleFact['imports'][number]>()
    const edge = targets.get(target)
    if (edge) edge.count += 1
    else targets.set(target, { module: target, count: 1, example: range })
    edges.set(source, targets)
  }
  return edges
}

const INDEX =
  /(?:^|\/)(?:index\.[cm]?[jt]sx?|mod\.[jt]s|__init__\.pyi?|doc\.go|lib\.rs|main\.rs|mod\.rs|package-info\.java)$/

/** Header of the index file, any package comment (Go), the directory's README, its manifest, or its only header. */
function summaryOf(
  path: string,
  files: FileFact[],
  { readme, manifests }: Pick<ModuleSources, 'manifests'> & { readme: DocumentFact | undefined },
): ModuleFact['summary'] {
  const index = files.find((file) => INDEX.test(file.path) && file.header)
  const goFiles = files.filter((file) => file.language === 'Go' && file.header)
  const headed = index ?? goFiles.find(({ header }) => /^package \w/i.test(header?.text ?? ''))
  if (headed?.header) return headed.header
  const introduced = readme ? firstParagraph(readme) : null
  if (introduced) return introduced
  const described = manifests.descriptions.find(({ range }) => moduleOf(range.path) === path)
  if (described) return described
  return files.length === 1 ? (files[0]?.header ?? null) : null
}

/** The README of each directory but the root, whose one speaks for all of the repository. */
function readmesOf(documents: DocumentFact[]): Map<string, DocumentFact> {
  const readmes = new Map<string, DocumentFact>()
  for (const document of documents) {
    if (!/\/readme\.(?:md|markdown|rst)$/i.test(document.path)) continue
    const dir = dirOf(document.path)
    if (!readmes.has(dir)) readmes.set(dir, document)
  }
  return readmes
}

interface Paragraph {
  text: string
  range: SourceRange
}

const OFF_TOPIC =
  /news|announc|sponsor|backer|donat|funding|open collective|enterprise|contribut|install|table of contents|licen[cs]e|release|changelog|badge/i

/**
 * The paragraph of a document that says what the thing is, where it begins to say anything; else how it begins; else
 * the paragraph further down that says it.
 */
export function firstParagraph(document: DocumentFact): Paragraph | null {
  const topics = onTopic(document.sections).slice(0, 8)
  const found = topics.map(paragraphsOf).filter((paragraphs) => paragraphs.length > 0)
  const subject = document.title?.split(/[\s:–—-]/)[0]?.toLowerCase() ?? ''
  const isDefining = ({ text }: Paragraph) => {
    const start = text.toLowerCase().slice(0, 120)
    return subject.length > 1 && start.includes(subject) && /\b(?:is|are|provides?|lets|helps|turns)\b/.test(start)
  }
  const [beginning = []] = found
  const first = beginning.find(isStatement)
  if (first && /^(?:an?|the)\s/i.test(first.text)) return first
  return beginning.find(isDefining) ?? first ?? found.flat().find(isDefining) ?? beginning[0] ?? null
}

/** Sends nobody elsewhere and is more than a row of links. */
/** Sections that are not about something else, nor stand below one that is. */
function onTopic(sections: SectionFact[]): SectionFact[] {
  let off = Number.POSITIVE_INFINITY
  return sections.filter(({ heading, level }) => {
    if (level <= off) off = OFF_TOPIC.test(heading) ? level : Number.POSITIVE_INFINITY
    return level < off
  })
}

function isStatement({ text }: Paragraph): boolean {
  const own = text.replace(/\[[^\][]*\](?:\([^()\s]*\)|\[[^\][]*\])|https?:\/\/\S+/g, '')
  return (own.match(/\p{L}{2,}/gu)?.length ?? 0) > 4 && !ELSEWHERE.test(text.slice(0, 200))
}

const ELSEWHERE =
  /^\W{0,4}(?:see|read|visit|check out|for (?:more|the)|documentation|docs|website|note|warning|read this|english|an? \w+ (?:version|translation) of this)\b/i

const MAX_SCANNED_CHARS = 5_000

function paragraphsOf(section: SectionFact): Paragraph[] {
  return section.text
    .slice(0, MAX_SCANNED_CHARS)
    .split(/\n[^\S\n]*\n/)
    .map((paragraph) => paragraph.replace(/^\s*<p>|<\/p>\s*$/g, ''))
    .flatMap((paragraph) => {
      const text = isProse(paragraph) ? headerText(paragraph) : null
      return text ? [{ text, range: section.range }] : []
    })
}

const IMAGE = String.raw`!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?`
const IMAGES = new RegExp(String.raw`\[${IMAGE}\](?:\([^)]*\)|\[[^\]]*\])?|${IMAGE}`, 'g')

function isProse(paragraph: string): boolean {
  const text = paragraph
    .replace(IMAGES, '')
    .replace(/`[^`<]*<[^>`]*>`__?/g, '')
    .trim()
  return (
    (text.match(/\p{L}{2,}/gu)?.length ?? 0) > 2 &&
    !/^(?:[<#|>-]|\.\. |```|~~~|\* |\d+\. |\[[^\]]+\]:|:[\w -]+:(?:\s|$))/.test(text)
  )
}
