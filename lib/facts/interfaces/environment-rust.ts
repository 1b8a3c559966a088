import { matchesOf } from '#lib/facts/parse/grammar.ts'
import type { Node } from '#lib/facts/parse/node.ts'
import type { EnvironmentRead } from '#lib/facts/parse/parsed-file.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'

const READS = `
(call_expression function: (scoped_identifier) @callee arguments: (arguments . (string_literal) @key)
  (#match? @callee "^(std::)?env::var(_os)?$")) @read
(macro_invocation macro: (identifier) @callee (token_tree . (string_literal) @key) (#match? @callee "^(option_)?env$")) @read
`

/** Environment variables a Rust file reads, those Cargo sets left out. */
export function rustEnvironment(root: Node, source: SourceText): EnvironmentRead[] {
  if (!/env::var|env!/.test(source.content)) return []
  return matchesOf(source.grammar, READS, root).flatMap((captures) => {
    const [key, read] = [captures.get('key'), captures.get('read')]
    const name = key?.text.slice(1, -1) ?? ''
    if (!read || !/^[A-Za-z_]\w*$/.test(name) || /^(?:CARGO|OUT_DIR$|TARGET$|HOST$|PROFILE$)/.test(name)) return []
    return [{ name, default: null, help: null, range: source.range(read) }]
  })
}
