import type { DocumentFact, Facts, SourceRange } from '#lib/domain/facts.ts'
import { isPackagedIn } from '#lib/domain/manifest-languages.ts'
import { dirOf } from './imports/paths.ts'
import type { Manifests } from './manifests.ts'
import { firstParagraph } from './modules.ts'

const MOST_TAGLINE_WORDS = 30

/**
 * One paragraph about the project, without markup: what the root manifest says (of several, that of the main language), else the manifest of the package that bears
 * the project's name, else the line set apart below the README's title, else the README's first prose.
 */
export function descriptionOf(
  { facts, descriptions }: Pick<Manifests, 'facts' | 'descriptions'>,
  documents: DocumentFact[],
  { name, language }: { name: string; language: string | null },
): Facts['description'] {
  const readme = documents.find(({ path }) => /^readme\.(?:md|markdown|rst)$/i.test(path))
  const title = readme?.title ?? ''
  const names = new Set([name, title, title.split(/[\s:–—-]/)[0] ?? ''].map(keyOf).filter((key) => key !== ''))
  const main = facts.find((manifest) => manifest.description !== null && names.has(keyOf(manifest.name ?? '')))
  const atRoot = descriptions.filter(({ range }) => dirOf(range.path) === '')
  const isMain = ({ range }: { range: SourceRange }) =>
    facts.some(({ path, kind }) => path === range.path && isPackagedIn(kind, language))
  const found =
    atRoot.find(isMain) ??
    atRoot[0] ??
    descriptions.find(({ range }) => range.path === main?.path) ??
    (readme && (taglineOf(readme) ?? firstParagraph(readme)))
  return found ? { text: plainText(found.text), range: found.range } : null
}

/** A short quotation as the first thing below the title; notes and warnings are set apart the same way. */
function taglineOf({ sections }: DocumentFact): { text: string; range: SourceRange } | null {
  const title = sections.find(({ level }) => level === 1)
  const lines = title?.text.split('\n') ?? []
  const at = lines.findIndex((line) => line.trim() !== '')
  const [line = '', next = ''] = lines.slice(Math.max(at, 0))
  const text = /^> ?(\p{L}.*)$/u.exec(line)?.[1]?.trim()
  if (!title || !text || next.trim() !== '' || /^(?:note|warning|important|tip|caution)\b/i.test(text)) return null
  const start = title.textStart + at
  return text.split(/\s+/).length <= MOST_TAGLINE_WORDS ? { text, range: { ...title.range, start, end: start } } : null
}

/** Emphasis and links of Markdown as the words they hold. */
function plainText(text: string): string {
  return text
    .replace(/\[([^\][]+)\](?:\([^()\s]*\)|\[[^\][]*\]|(?![(:[]))/g, '$1')
    .replace(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g, '$1')
    .replace(/\*(?=[^\s*])([^*]+)(?<=\S)\*/g, '$1')
    .replace(/(?<![\p{L}\p{N}_])_(?=\S)([^_]+)(?<=\S)_(?![\p{L}\p{N}_])/gu, '$1')
    .trim()
}

function keyOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}
