import type { DocComment } from '#lib/domain/facts.ts'
import { MAX_DOC_CHARS, plainText, recordOf, summaryAndBody } from './doc-text.ts'
import { dedented, htmlProse } from './html-prose.ts'
import type { Node } from './node.ts'
import type { SourceText } from './source-text.ts'

/** A C# doc comment in XML; null when it says nothing. */
export function xmlDoc(comments: Node[], deprecated: string | null, source: SourceText): DocComment | null {
  const own = comments.filter(({ text }) => /^(?:\/\/\/(?!\/)|\/\*\*)/.test(text))
  const [first, last] = [own[0] ?? comments[0], own.at(-1) ?? comments.at(-1)]
  const xml = own
    .flatMap(({ text }) => text.split(/\r?\n/))
    .map((line) => line.replace(/^\s*(?:\/\/\/ ?|\/\*\*|\*\/|\* ?)/, ''))
    .join('\n')
    .slice(0, MAX_DOC_CHARS)
  if (!first || !last || (xml.trim() === '' && deprecated === null)) return null
  const { summary, body } = summaryAndBody([prose(xml, 'summary'), prose(xml, 'remarks')].filter(Boolean).join('\n\n'))
  const raises = named(xml, 'exception', 'cref').map(([name, text]) =>
    [
      name
        .replace(/^[A-Z]:/, '')
        .split('.')
        .at(-1),
      text,
    ]
      .filter(Boolean)
      .join(': '),
  )
  const params = recordOf(named(xml, 'param', 'name').filter(([, text]) => text !== ''))
  const returns = plainText(prose(xml, 'returns') || prose(xml, 'value')) || null
  if (!summary && !returns && !deprecated && raises.length + Object.keys(params).length === 0) return null
  const examples = contents(xml, 'example').map((text) => exampleCode(text))
  return { summary, body, params, returns, raises, examples, deprecated, range: source.range(first, last) }
}

function contents(xml: string, tag: string): string[] {
  const pattern = new RegExp(`<${tag}(?:\\s[^>]*)?>([\\s\\S]*?)</${tag}>`, 'g')
  return Array.from(xml.matchAll(pattern), (match) => match[1] ?? '')
}

function prose(xml: string, tag: string): string {
  const text = contents(xml, tag).join('\n\n')
  return htmlProse(text)
    .replace(/^[^\S\n]+(?=\S)/gm, (indent) => (text.includes('<code') ? indent : ''))
    .trim()
}

function named(xml: string, tag: string, attribute: string): [name: string, text: string][] {
  const pattern = new RegExp(`<${tag}\\s+${attribute}="([^"]*)"\\s*(?:/>|>([\\s\\S]*?)</${tag}>)`, 'g')
  return Array.from(xml.matchAll(pattern), (match) => [match[1] ?? '', plainText(htmlProse(match[2] ?? ''))])
}

function exampleCode(text: string): string {
  const code = /<code\b[^>]*>([\s\S]*?)<\/code>/.exec(text)?.[1]
  return code === undefined
    ? htmlProse(text).trim()
    : dedented(
        htmlProse(code)
          .replace(/^\s*\n/, '')
          .trimEnd(),
      )
}
