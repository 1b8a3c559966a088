import { expect, it } from 'vitest'
import type { Node as KnownNode } from 'web-tree-sitter'
import type { Grammar } from '#lib/facts/languages.ts'
import { loadGrammar, withTree } from './grammar.ts'
import type { Node } from './node.ts'
import { SyntaxTree } from './syntax-tree.ts'

/** Code with aliases, hidden rules, fields of hidden rules, extras, text of more than a byte, and what cannot be parsed. */
const CODE: Record<Grammar, string> = {
  typescript: `/** Dö 🙂 */\nexport type A = typeof a.b | import('x').C\n@d() export class B<T> extends C implements D { get a() { return 1 }\n  static #x?: number }\nlet { a, b: c = 2 } = x ?? y\nconst = = (`,
  tsx: `export default () => <A b={1}>ö {c} &amp;</A>\nfor (const a of await b) /* in */ c\n//d\n<A`,
  python: `@a\nasync def f(x: int = 1, *args, **kw) -> 'ö':\n    """Doc"""\n    match x:\n        case str() | bytes():\n            return [i for i in x if i]\nprint("a" % 1)\nclass A(B, c=1): pass\ndef = (`,
  go: `package a\nimport (\n  b "c"\n)\n// Dö\nfunc (r *R) F(a, b int, c ...string) (x int, err error) { for i := range a { go f() } }\ntype T struct { A, B int \`json:"a"\` }\nvar = (`,
  rust: `#[derive(A)]\npub(crate) struct S<'a, T: B> { pub a: &'a str }\nimpl<T> A for S<T> where T: B { fn f(&self) -> Result<(), E> { m!(a, "ö"); Ok(()) } }\nfn = (;`,
  java: `package a.b;\n/** Dö */\n@A(b = 1) public class C<T> extends D implements E, F { int a, b[] = {1}; C(int... x) { this.a = x -> 1; } }\nclass = (`,
  cpp: `#ifdef __cplusplus\nextern "C" {\n#endif\nint *a(int b, char (*c)(void)), d = 1;\ntemplate <class T> class A : public B<T> { A() : b(1) {} ~A(); };\nif ((a = b)) c->d();\n#ifdef __cplusplus\n}\n#endif\nstruct = (;`,
  'c-sharp': `namespace A;\n/// <summary>ö</summary>\n[B] public record C<T>(int D = 1, params string[] e) : F where T : new() { public int G { get; set; } = 1; }\nclass = (`,
  ruby: `# ö\nclass A < B\n  attr_accessor :c\n  def d(e, f = 1, *g, h:, **i, &j) = "x#{e}"\nend\na&.b do |c| c end\ndef = (`,
  php: `<?php\nnamespace A\\B;\nuse C\\{D, E as F};\n#[G] final class H extends I implements J { public function __construct(private readonly ?int $k = 1) { echo "ö{$k}"; } }\nclass = (`,
  bash: `#!/bin/bash\nexport A=\${B:-ö} C\nf() { case "$1" in -x|--y) echo "$(d)" ;; esac }\ng <<E\nh $A\nE\nif (`,
  kotlin: `package a\n@B data class C<T>(val d: Int = 1, var e: String?) : F(), G by g { companion object { fun h() = "ö$d" } }\nfun = (`,
  lua: `--- ö\nlocal M = {}\nfunction M.a:b(c, ...) for i, v in ipairs(c) do M[i] = v end return function() end end\nlocal = (`,
  elixir: `defmodule A.B do\n  @doc "ö"\n  def c(d \\\\ 1, %{e: f} = g) when d > 1, do: d |> h()\n  defp i, do: :j\nend\ndef = (`,
  scala: `package a\n/** ö */\ncase class B[T](c: Int = 1)(implicit d: D) extends E with F { def f[G](x: => Int): Int = x match { case 1 => 2 } }\nclass = (`,
  swift: `/// ö\npublic struct A<T>: B where T: C { @D var e: Int? { get { 1 } }\n  init?(_ f: Int = 1, g h: String...) throws { } }\nfunc = (`,
}

for (const grammar of Object.keys(CODE) as Grammar[])
  it(`reads every node of a tree of ${grammar} as web-tree-sitter does`, async () => {
    await loadGrammar(grammar)
    const compared = withTree(grammar, CODE[grammar], (root) => {
      if (!(root.tree instanceof SyntaxTree)) throw new Error('No tree of the parser')
      return pairsOf(root, root.tree.tree.rootNode).map(([own, known]) => [
        shownOf(own, root),
        shownOf(known, known.tree.rootNode),
      ])
    })
    expect(compared?.length).toBeGreaterThan(30)
    for (const [own, known] of compared ?? []) expect(own).toEqual(known)
  })

/** Each node with that of the library, in the order they begin. */
function pairsOf(own: Node, known: KnownNode): [Node, KnownNode][] {
  const below = known.children.flatMap((child, at) => {
    const same = own.children[at]
    return same ? pairsOf(same, child) : []
  })
  return [[own, known], ...below]
}

const FIELDS = ['name', 'body', 'type', 'value', 'left', 'right', 'function', 'arguments', 'parameters', 'declarator']

/** Everything our code asks nodes for (of several types one of which is ERROR, the library finds that alone); other nodes by what tells them apart. */
function shownOf<Any extends Node | KnownNode>(node: Any, root: Any) {
  const { type, text, startIndex, endIndex, startPosition, endPosition, isNamed, isMissing, hasError } = node
  const { firstNamedChild, lastNamedChild, namedChildCount, parent, nextSibling, previousSibling } = node
  const around = { firstNamedChild, lastNamedChild, parent, nextSibling, previousSibling }
  const byField = FIELDS.map((field) => [node.childForFieldName(field), ...node.childrenForFieldName(field)])
  return {
    ...{ type, text, startIndex, endIndex, startPosition, endPosition, isNamed, isMissing, hasError, namedChildCount },
    around: Object.values(around).map(idOf),
    children: node.children.map(idOf),
    namedChildren: node.namedChildren.map(idOf),
    fields: byField.map((nodes) => nodes.map((one) => [idOf(one), idOf(one?.parent)])),
    sameType: node
      .descendantsOfType(type === 'ERROR' ? type : [type, 'identifier', 'string'])
      .map((one) => [idOf(one), idOf(one?.parent)]),
    there: [root.descendantForIndex(endIndex), root.namedDescendantForIndex(startIndex)].map(idOf),
  }
}

function idOf(node: { id: number } | null | undefined): number | null {
  return node?.id ?? null
}
