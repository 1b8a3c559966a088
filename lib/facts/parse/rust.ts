import { rustEnvironment } from '#lib/facts/interfaces/environment-rust.ts'
import { commentHeader } from './comment-header.ts'
import { headerText, isNotice } from './doc-text.ts'
import { documentedChildren, isComment } from './documented-children.ts'
import type { Node } from './node.ts'
import { emptyParsedFile, type ParsedFile } from './parsed-file.ts'
import { rustLines } from './rust-doc.ts'
import { rustImports } from './rust-imports.ts'
import { rustSymbols } from './rust-symbols.ts'
import type { SourceText } from './source-text.ts'

/** Reads a Rust file. `isTest` adds cases. */
export function parseRust(root: Node, source: SourceText, isTest: boolean): ParsedFile {
  const symbols = rustSymbols(root, source)
  return {
    ...emptyParsedFile(),
    header: headerOf(root, source),
    symbols,
    imports: rustImports(root, source),
    environment: rustEnvironment(root, source),
    tests: isTest ? testsOf(root) : null,
    hasErrors: root.hasError,
  }
}

/** The `//!` comment, else a comment at the top. */
function headerOf(root: Node, source: SourceText): ParsedFile['header'] {
  const inner: Node[] = []
  for (const node of root.namedChildren) {
    if (!isComment(node) && node.type !== 'inner_attribute_item') break
    if (/^(?:\/\/!|\/\*!)/.test(node.text.slice(0, 3))) inner.push(node)
  }
  const [first, last] = [inner[0], inner.at(-1)]
  const lines = inner.flatMap(({ text }) => rustLines(text)).filter((line) => !/^#{1,3} |^\s*(?:\[!\[|<)/.test(line))
  const text = isNotice(lines.slice(0, 5).join('\n')) ? null : headerText(lines.join('\n'))
  if (text && first && last) return { text, range: source.range(first, last) }
  return commentHeader(root, source, () => false)
}

function testsOf(root: Node): ParsedFile['tests'] {
  const cases = casesIn(root, 0)
  return cases.length > 0 ? { framework: 'cargo test', cases } : null
}

function casesIn(container: Node, depth: number): string[] {
  return documentedChildren(container).flatMap(({ node, attributes }) => {
    const body = node.type === 'mod_item' && depth < 5 ? node.childForFieldName('body') : null
    if (body) return casesIn(body, depth + 1)
    if (node.type === 'macro_invocation') return macroCase(node)
    const isCase = attributes.some(({ text }) => /^#\[(?:\w+::)*(?:test|rstest|test_case|proptest)\b/.test(text))
    const name = node.type === 'function_item' && isCase ? node.childForFieldName('name')?.text : undefined
    return name ? [name] : []
  })
}

/** Projects that make their tests with a macro name it for that: `rgtest!(name, …)`. */
function macroCase(node: Node): string[] {
  const name = /^\w*test!\s*\(\s*([a-z]\w*)\s*,/.exec(node.text.slice(0, 200))?.[1]
  return name ? [name] : []
}
