import fc from 'fast-check'
import hljs from 'highlight.js/lib/core'
import { expect, it } from 'vitest'
import { LANGUAGES, languageOf, markCode } from '#lib/site/code-languages.ts'

const names = Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[]

/** With every grammar from the beginning, in the order of the list. */
const whole = hljs.newInstance()
for (const name of names) whole.registerLanguage(name, (await import(`highlight.js/lib/languages/${name}`)).default)

/** Of every language, in an order in which the grammar of what stands inside another is not there yet. */
const SAMPLES = [
  ['yaml', 'a: <%= [1, "x"].map { |y| y } %>\nb: 2\n'],
  ['shell', '$ echo "$HOME" | grep -v x\n'],
  ['dockerfile', 'FROM node:24\nRUN if [ -f x ]; then echo "y"; fi\n'],
  ['markdown', '# T\n\n<b class="x">y</b> `z`\n'],
  ['typescript', 'const a = html`<p class="b">c</p>`, d = css`e { color: red }`, f = gql`query { g(h: 1) }`\n'],
  ['javascript', 'const a = <div className="b">{c}</div>\n'],
  ['xml', '<style>a { color: red }</style><script>const b = 1 // c</script>'],
  ['http', 'POST /a HTTP/1.1\nContent-Type: application/json\n\n{"a": [1, null], "b": "c"}\n'],
  ['http', 'GET / HTTP/1.1\n\n<!doctype html><p class="a">b</p>\n'],
  ['bash', '#!/bin/sh\n# TODO: a\nfor f in *.c; do cat <<EOF > "$f" && echo \'it\' $f $((1 + 2))\n<a> $b\nEOF\ndone\n'],
  ['c', '#include <stdio.h>\n/* a */ static int main(int argc, char *v[]) { return printf("%d\\n", 0x1F) & 1; }\n'],
  ['cpp', 'template <class T> auto s = R"x(a " )y")x"; class A final : public B<T> { int b = 1\'000; };\n'],
  ['csharp', '[A] public class B<T> : C where T : D { string e => $"a {f} {{g}}" + @"h ""i"""; } // j\n'],
  ['css', '@media (max-width: 3px) { a:hover, .b > #c[d="e"] { --f: calc(1px + 2%) !important; color: #fff } }\n'],
  ['diff', 'diff --git a/b b/b\n--- a/b\n+++ b/b\n@@ -1 +1 @@\n-c\n+d <e>\n'],
  ['go', 'package a\n\nfunc (b *C) d(e int) (f error) { go func() { g <- `h` }(); return nil }\n'],
  ['graphql', 'type A implements B @c { d(e: Int = 1): [F!] } # g\n'],
  ['ini', '[a.b]\nc = "d" ; e\nf = [1, true, 2026-01-01]\n'],
  ['java', '@A public record B(int c) implements D { <T> T e() throws F { return (T) """\n g"""; } }\n'],
  ['json', '{"a": [1.5e3, true, null, "b\\n"], "c": {}} // d\n'],
  ['kotlin', `data class A(val b: Int = 1) : C<D>() { fun e() = "f $b \${b + 1}" }\n`],
  ['lua', '--[==[ a ]] ]==]\nlocal function b(...) return [==[ c ]] ]==] .. d end\n'],
  ['makefile', 'A := $(shell b)\n.PHONY: c\nc: d ; @echo $(A) # e\nifeq ($(A),f)\nendif\n'],
  [
    'php',
    '<?php\nfinal class B extends C { function d(int $e = 1): ?F { return <<<G\n h $e {$e[1]}\nG; } } ?><p>i</p>\n',
  ],
  ['protobuf', 'syntax = "proto3"; message A { repeated string b = 1; } service C { rpc D (E) returns (F); }\n'],
  ['python', '@a.b\nasync def c(d: int = 0x1f, *e) -> F:\n    """g"""\n    return f"h {i!r:>{j}} {{k}}"\n>>> m\n'],
  [
    'ruby',
    'class A < B; def c!(d: 1) = puts("e #{d + 1}"); F = %w[g h]; i = <<~J\n  k #{l}\nJ\nend\n=begin\nm\n=end\n',
  ],
  ['rust', '#[derive(A)] pub struct B<\'c>(&\'c str); fn d() -> E { f!("g {}", r#"h " i"#); /* j /* k */ */ }\n'],
  ['scala', `case class A[B](c: Int) extends D { def e = s"f $c \${c + 1}"; /** @param g h */ val i = 'j' }\n`],
  ['scss', '@use "a"; $b: 1px; .c { &:hover { @include d($b); color: rgba($e, .5) } } // f\n'],
  ['sql', 'SELECT a.b AS "c", count(*) FROM d WHERE e LIKE \'f%\' AND g IS NOT NULL -- h\n'],
  ['swift', '@A struct B<C: D> { func e(_ f: Int) -> some G { #"h \\#(f)"#; return "i \\(f + 1)" } }\n'],
] as const

/** Rules for the markup of the library, in the order of a style sheet: the last one that holds says which colour it is. */
const RULES: [string, (classes: string[], around: string[][]) => boolean][] = [
  ['k', ([name = '']) => /^hljs-(?:keyword|selector-tag|built_in|deletion|operator)$/.test(name)],
  ['s', ([name = '']) => /^hljs-(?:string|regexp|code|addition|template-tag|bullet)$/.test(name)],
  ['n', ([name = '']) => /^hljs-(?:number|literal|symbol|variable|template-variable|link)$/.test(name)],
  ['f', ([name = '']) => /^hljs-(?:title|name|section|attr|attribute|selector-(?:class|id|pseudo))$/.test(name)],
  ['t', ([name = '']) => /^hljs-(?:type|class|meta)$/.test(name)],
  ['t', ([name, kind]) => name === 'hljs-title' && kind === 'class_'],
  ['t', ([name], around) => name === 'hljs-built_in' && inOneLanguage(around).includes('hljs-params')],
  ['c', ([name = '', kind]) => /^hljs-(?:comment|quote)$/.test(name) || kind === 'prompt_'],
  ['x', ([name]) => name === 'hljs-subst'],
  ['e', ([name]) => name === 'hljs-emphasis'],
  ['b', ([name]) => name === 'hljs-strong'],
]

function inOneLanguage(around: string[][]): (string | undefined)[] {
  const names = around.map(([name]) => name)
  return names.slice(names.findLastIndex((name) => name?.startsWith('language-')) + 1)
}

/** The markup of the library with an element for each colour instead of one for each scope. */
function coloured(markup: string): string {
  const around: string[][] = []
  const closings: string[] = []
  return markup.replace(/<span class="([^"]*)">|<\/span>/g, (_tag, names?: string) => {
    if (names === undefined) {
      around.pop()
      return closings.pop() ?? ''
    }
    const classes = names.split(' ')
    const [colour] = RULES.findLast(([, holds]) => holds(classes, around)) ?? []
    around.push(classes)
    closings.push(colour ? '</i>' : '')
    return colour ? `<i class="${colour}">` : ''
  })
}

it('knows every name that the grammars go by', () => {
  const aliases = names.flatMap((name) => (whole.getLanguage(name)?.aliases ?? []).map((alias) => [alias, name]))
  expect(aliases.filter(([alias = '', name]) => languageOf(alias) !== name)).toEqual([])
  expect(Object.values(LANGUAGES).flat().sort()).toEqual(aliases.map(([alias]) => alias).sort())
  expect(['constructor', '', 'brainfuck'].map(languageOf)).toEqual([null, null, null])
})

it.each(SAMPLES)('marks %s as the library does with all grammars, whatever was marked before', (language, code) => {
  const markup = markCode(code, language)
  expect(markup).toBe(coloured(whole.highlight(code, { language, ignoreIllegals: true }).value))
  expect(markup).toContain('<i class="')
})

it('marks pieces of all languages in any order as the library does', { timeout: 120_000 }, () => {
  const pieces = [...new Set(SAMPLES.flatMap(([, code]) => code.split(/(?<=[\s(){}<>"'`;])/)))]
  const code = fc.array(fc.constantFrom(...pieces, '<', '`', '$', '{', '*/', '\n', '\t'), { maxLength: 60 })
  const language = fc.constantFrom(...names.filter((name) => name !== 'http'))
  fc.assert(
    fc.property(language, code, (name, parts) => {
      const text = parts.join('')
      expect(markCode(text, name)).toBe(coloured(whole.highlight(text, { language: name, ignoreIllegals: true }).value))
    }),
    { numRuns: 1500 },
  )
})
