import { matchesOf } from '#lib/facts/parse/grammar.ts'
import type { Node } from '#lib/facts/parse/node.ts'
import type { EnvironmentRead } from '#lib/facts/parse/parsed-file.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'

const READS = `
(method_invocation object: (identifier) @o name: (identifier) @callee arguments: (argument_list . (string_literal) @key)
  (#eq? @o "System") (#eq? @callee "getenv")) @read
`

/** Environment variables a Java file reads. */
export function javaEnvironment(root: Node, source: SourceText): EnvironmentRead[] {
  if (!source.content.includes('System.getenv')) return []
  return matchesOf(source.grammar, READS, root).flatMap((captures) => {
    const [key, read] = [captures.get('key'), captures.get('read')]
    const name = key?.text.slice(1, -1) ?? ''
    return read && /^[A-Za-z_]\w*$/.test(name) ? [{ name, default: null, help: null, range: source.range(read) }] : []
  })
}
