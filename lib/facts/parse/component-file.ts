import type { SymbolFact } from '#lib/domain/facts.ts'
import type { ParsedFile } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'
import { SymbolList } from './symbol-list.ts'

const MARKUP_COMMENT = /<!--[\s\S]*?(?:-->|$)/g
const ATTRIBUTES = `((?:"[^"]*"|'[^']*'|[^>"'])*)`
const SCRIPT = new RegExp(String.raw`<script\b${ATTRIBUTES}>([\s\S]*?)(?:</script\s*>|$)`, 'gi')

export interface ComponentScript {
  /** The file with everything but its scripts blanked: every offset and line stays. */
  text: string
  grammar: 'typescript' | 'tsx'
}

/** Vue and Svelte components hold their code in script blocks. */
export function isComponentFile(path: string): boolean {
  return /\.(?:vue|svelte)$/i.test(path)
}

/** The script blocks of a component; data blocks and scripts of other languages are no part of it. */
export function componentScript(content: string): ComponentScript {
  const markup = content.replace(MARKUP_COMMENT, blank)
  let text = ''
  let at = 0
  let grammar: ComponentScript['grammar'] = 'tsx'
  for (const match of markup.matchAll(SCRIPT)) {
    const [, attributes = '', code = ''] = match
    const language = /\b(?:lang|type)\s*=\s*["']?([\w/+.-]+)/.exec(attributes)?.[1]?.toLowerCase() ?? 'js'
    if (!/^(?:jsx?|tsx?|typescript|module|(?:text|application)\/(?:javascript|typescript|babel))$/.test(language))
      continue
    if (/^(?:ts|typescript|text\/typescript)$/.test(language)) grammar = 'typescript'
    const start = match.index + '<script>'.length + attributes.length
    text += blank(content.slice(at, start)) + content.slice(start, start + code.length)
    at = start + code.length
  }
  return { text: text + blank(content.slice(at)), grammar }
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ')
}

/** Adds the component itself, known by the name of its file; routes of SvelteKit (`+page`) have none. */
export function withComponent(parsed: ParsedFile, source: SourceText): ParsedFile {
  const stem = source.path.slice(source.path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
  const name = stem.replace(/(?:^|[-_.])(\w)/g, (_, letter: string) => letter.toUpperCase())
  const isKnown = parsed.symbols.some(({ qualified }) => qualified === name)
  return !/^[A-Za-z_$][\w$]*$/.test(name) || isKnown
    ? parsed
    : { ...parsed, symbols: [component(name, source), ...parsed.symbols] }
}

function component(name: string, source: SourceText): SymbolFact {
  const { path, content } = source
  const lines = content.replace(/\n$/, '').split('\n').length
  const range = { path, start: 1, end: lines }
  const declaration = { path, start: 1, end: 1 }
  return new SymbolList(source).add({
    name,
    kind: 'component',
    public: true,
    signature: `<${name} />`,
    range,
    declaration,
  })
}
