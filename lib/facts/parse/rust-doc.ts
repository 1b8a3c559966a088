import type { DocComment, SourceRange } from '#lib/domain/facts.ts'
import { MAX_DOC_CHARS, plainText, summaryAndBody } from './doc-text.ts'
import { dedented } from './html-prose.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'

/** A rustdoc comment: prose, with the sections for examples and failures apart. */
export function rustDoc(comments: Node[], attributes: Node[], source: SourceText): DocComment | null {
  const outer = comments.filter(({ text }) => /^(?:\/\/\/(?!\/)|\/\*\*(?![*/]))/.test(text))
  const fromAttributes = attributes
    .flatMap(({ text }) => /^#\[doc\s*=\s*"((?:[^"\\]|\\.)*)"\]/.exec(text)?.[1] ?? [])
    .flatMap((text) => unescaped(text).split('\n'))
  const lines = [...outer.flatMap(({ text }) => rustLines(text)), ...fromAttributes]
  const deprecated = attributes.map(({ text }) => deprecation(text)).find((text) => text !== null) ?? null
  const [first, last] = [outer[0] ?? attributes[0], outer.at(-1) ?? attributes.at(-1)]
  if (!first || !last || (lines.join('').trim() === '' && deprecated === null)) return null
  return { ...rustSections(lines.join('\n').slice(0, MAX_DOC_CHARS), source.range(first, last)), deprecated }
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '' }

/** What a text of the language says. */
function unescaped(text: string): string {
  return text.replace(/\\([ntr"'\\])/g, (_, sign: string) => ESCAPES[sign] ?? sign)
}

/** Text of a doc comment without its markers. */
export function rustLines(comment: string): string[] {
  if (comment.startsWith('//')) return [comment.trimEnd().replace(/^\/\/[/!] ?/, '')]
  const inner = comment.replace(/^\/\*[*!]/, '').replace(/\*+\/$/, '')
  return dedented(inner.replace(/^[^\S\n]*\*(?!\*) ?/gm, '')).split(/\r?\n/)
}

function deprecation(attribute: string): string | null {
  if (!/^#\[deprecated\b/.test(attribute)) return null
  return plainText(/note\s*=\s*"((?:[^"\\]|\\.)*)"/.exec(attribute)?.[1] ?? '') || 'Deprecated'
}

function rustSections(text: string, range: SourceRange): DocComment {
  const kept: string[] = []
  const doc = { raises: [] as string[], examples: [] as string[], returns: null as string | null }
  for (const { title, content } of sectionsOf(text)) {
    if (/^examples?$/i.test(title ?? '')) doc.examples.push(...examplesOf(content))
    else if (/^(?:errors|panics)$/i.test(title ?? '')) {
      const said = plainText(content.split(/\n\s*\n/)[0] ?? '')
      if (said) doc.raises.push(said)
    } else if (/^returns?$/i.test(title ?? '')) doc.returns = plainText(content.split(/\n\s*\n/)[0] ?? '') || null
    else kept.push(title === null ? content : `**${title}**\n\n${content}`)
  }
  return { ...summaryAndBody(linksAsCode(kept.join('\n\n'))), params: {}, ...doc, deprecated: null, range }
}

function sectionsOf(text: string): { title: string | null; content: string }[] {
  const sections: { title: string | null; lines: string[] }[] = [{ title: null, lines: [] }]
  let isFenced = false
  for (const line of text.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) isFenced = !isFenced
    const title = isFenced ? undefined : /^#{1,4}\s+(.+?)\s*#*$/.exec(line)?.[1]
    if (title) sections.push({ title, lines: [] })
    else sections.at(-1)?.lines.push(line)
  }
  return sections.map(({ title, lines }) => ({ title, content: lines.join('\n').trim() }))
}

const CODE_BLOCK = /^([ \t]*)(?:```+|~~~+)([^\n`]*)\n([\s\S]*?)^[ \t]*(?:```+|~~~+)[ \t]*$/gm

/** Code of the blocks, without the lines that rustdoc hides. */
function examplesOf(content: string): string[] {
  return [...content.matchAll(CODE_BLOCK)]
    .filter(([, , info]) => !/^\s*(?:text|console|sh|bash|toml)\b/.test(info ?? ''))
    .map(([, , , code]) =>
      dedented(code ?? '')
        .replace(/^[ \t]*#(?: .*)?\n/gm, '')
        .trimEnd(),
    )
}

/** `[Name](crate::path)` and `[`Name`]` lead nowhere outside rustdoc. */
function linksAsCode(text: string): string {
  return text
    .replace(/\[([^\]\n]+)\]\((?!https?:)[\w:.#<>!()]*\)/g, '$1')
    .replace(/\[(`[^`\n]+`)\](?![([:])/g, '$1')
    .replace(/^```(?:\s*(?:no_run|ignore|should_panic|compile_fail|edition\d+|rust)\b,?)*\s*$/gm, (fence) =>
      fence.trim() === '```' ? fence : '```rust',
    )
}
