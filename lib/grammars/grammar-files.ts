const OTHERS = new Map([
  ['kotlin', '@lumis-sh/wasm-kotlin/tree-sitter-kotlin.wasm'],
  ['scala', '@lumis-sh/wasm-scala/tree-sitter-scala.wasm'],
  ['swift', '@repomix/tree-sitter-wasms/out/tree-sitter-swift.wasm'],
  ['elixir', 'tree-sitter-elixir/tree-sitter-elixir.wasm'],
  ['lua', '@tree-sitter-grammars/tree-sitter-lua/tree-sitter-lua.wasm'],
])

/** What to resolve a grammar's WebAssembly file by: most come from one package, the rest from those of their language. */
export function grammarFile(grammar: string): string {
  return OTHERS.get(grammar) ?? `@vscode/tree-sitter-wasm/wasm/tree-sitter-${grammar}.wasm`
}
