import type { DocComment, SymbolFact } from '#lib/domain/facts.ts'
import { componentProps } from './component-props.ts'
import { isNotice, proseDoc } from './doc-text.ts'
import { dedented } from './html-prose.ts'
import type { Node } from './node.ts'
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

interface ComponentTree {
  root: Node
  /** The scripts. */
  source: SourceText
  /** The file. */
  whole: SourceText
}

/** Adds the component itself, known by the name of its file; routes of SvelteKit (`+page`) have none. */
export function withComponent(parsed: ParsedFile, tree: ComponentTree): ParsedFile {
  const stem = tree.source.path.slice(tree.source.path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
  const name = stem.replace(/(?:^|[-_.])(\w)/g, (_, letter: string) => letter.toUpperCase())
  const isKnown = parsed.symbols.some(({ qualified }) => qualified === name)
  return !/^[A-Za-z_$][\w$]*$/.test(name) || isKnown
    ? parsed
    : { ...parsed, symbols: [component(name, tree), ...parsed.symbols] }
}

function component(name: string, { root, source, whole }: ComponentTree): SymbolFact {
  const { path, content } = whole
  const lines = content.replace(/\n$/, '').split('\n').length
  const range = { path, start: 1, end: lines }
  const declaration = { path, start: 1, end: 1 }
  return new SymbolList(whole).add({
    name,
    kind: 'component',
    public: true,
    signature: `<${name} />`,
    params: componentProps(root, source),
    doc: componentDoc(whole),
    range,
    declaration,
  })
}

/** The comment of markup that the file begins with, or the one that Svelte's tools read as documentation. */
function componentDoc({ path, content }: SourceText): DocComment | null {
  const mark = /\.svelte$/i.test(path) ? content.indexOf('@component') : -1
  const start = mark < 0 ? content.search(/\S/) : content.lastIndexOf('<!--', mark)
  const end = content.indexOf('-->', start)
  if (start < 0 || end < 0 || !content.startsWith('<!--', start)) return null
  const text = content.slice(start + 4, end).replace(/^\s*@component\b/, '')
  if (isNotice(text) || !/\p{L}{2}/u.test(text)) return null
  const lineAt = (index: number) => content.slice(0, index).split('\n').length
  return proseDoc(dedented(text.replace(/^\s*\n/, '')), { path, start: lineAt(start), end: lineAt(end) })
}
