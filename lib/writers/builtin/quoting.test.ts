import { expect, it } from 'vitest'
import type { SectionFact } from '#lib/domain/facts.ts'
import { makeFacts, makeFile, range } from '#lib/testing/make-facts.ts'
import { factsIndex } from '#lib/writers/builtin/facts-index.ts'
import { mystToMarkdown } from '#lib/writers/builtin/myst.ts'
import { codeNames, quoting } from '#lib/writers/builtin/quoting.ts'
import { rstToMarkdown } from '#lib/writers/builtin/rst.ts'

it('sets words that can only be code as code, and leaves words of prose alone', () => {
  expect(codeNames('Calls :func:get_context, then loadPage() of the main.go file')).toBe(
    'Calls `get_context`, then `loadPage()` of the main.go file',
  )
})

it('keeps code spans of one-line texts, and no stray backtick', () => {
  expect(codeNames('Matches files such as `.gitignore` and ``a_b`` fast')).toBe(
    'Matches files such as `.gitignore` and `a_b` fast',
  )
  expect(codeNames('One ` alone')).toBe('One \\` alone')
  expect(codeNames('This *can* be **very** short; see *args, *kwargs or Buf::rest()')).toBe(
    'This can be very short; see \\*args, \\*kwargs or `Buf::rest()`',
  )
  expect(codeNames('Either Option\\s or `Argument`\\s')).toBe('Either Options or `Argument`s')
})

it('turns roles, notes and code directives of reStructuredText into Markdown', () => {
  const text =
    'See :meth:`~app.Flask.run` first::\n\n    app.run()\n\n.. versionadded:: 2.0\n\n.. note::\n    Not for production.'
  const lines = rstToMarkdown(text).split('\n')
  expect(lines.filter((line) => line !== '')).toEqual([
    'See `run` first:',
    '~~~~~',
    'app.run()',
    '~~~~~',
    'Added in version 2.0.',
    '> **Note:** Not for production.',
  ])
})

it('turns roles, targets and directives of MyST into Markdown and leaves plain Markdown as it is', () => {
  const text = '(options)=\n\nUse {func}`option`, see {ref}`choices <choice-opts>`.\n\n```{note}\nOnce.\n```\n'
  expect(mystToMarkdown(text)).toBe('\n\nUse `option`, see choices.\n\n> **Note:** Once.\n')
  expect(mystToMarkdown('Plain `code` {not a role}.')).toBe('Plain `code` {not a role}.')
  const braces =
    'As `{name}` or `{name:pattern}`, ``a `{b}` c``:\n\n```js\n`{a}` + `x`\n```\n\n{doc}`Way <way>` and {py}`~a`.'
  expect(mystToMarkdown(braces)).toBe(braces.replace('{doc}`Way <way>` and {py}`~a`', 'Way and `a`'))
})

it('leaves out containers and components that only a site can show, and keeps what they hold', () => {
  const { block } = quoting(factsIndex(makeFacts()), 'Markdown')
  expect(block('::: code-group\n\n```js\na()\n```\n\n:::\n\nAfter `List<T>` and List<String> it ends.')).toBe(
    '```js\na()\n```\n\nAfter `List<T>` and List\\<String\\> it ends.',
  )
  expect(block('<Video\n  href="https://example.org"\n  title="Learn it"\n/>\n\nText.\n\n<Logo for="it"></Logo>')).toBe(
    'Text.',
  )
})

it('reads doc comments of Rust without what only its tool needs', () => {
  const { block } = quoting(factsIndex(makeFacts()), 'Rust')
  expect(block('```no_run\n# use a::b;\nlet x = 1;\n## shown\n```')).toBe('```rust\nlet x = 1;\n# shown\n```')
  expect(
    block('See [here,\nor there][crate::de], [`Buf`] and [the book][book].\n\n[book]: https://example.org/book'),
  ).toBe('See here,\nor there, `Buf` and [the book](https://example.org/book).')
  expect(block('A byte array \\[u8\\].')).toBe('A byte array \\[u8\\].')
  expect(block('An array `a[0][1]` and [1, 2] stay.')).toContain('`a[0][1]`')
})

it('takes a literal block for Python where only Python is written so', () => {
  const fence = (...lines: string[]) => rstToMarkdown(['So::', '', ...lines.map((line) => `    ${line}`)].join('\n'))
  expect(fence("with open(name, 'wb') as fd:", '    fd.write(chunk)')).toContain('~~~~~python\nwith open')
  expect(fence('if (a) {', '  b();', '}')).toContain('~~~~~\nif (a)')
  expect(fence('$ pip install walk', 'import walk')).toContain('~~~~~\n$ pip')
  expect(fence('a/', '  b.txt')).toContain('~~~~~\na/')
})

it('names what a list would have a tool describe', () => {
  expect(rstToMarkdown('* .. autoclass:: Choice\n      :noindex:\n\n* .. autoclass:: way.File\n').trim()).toBe(
    '* `Choice`\n\n* `way.File`',
  )
})

it('sets names of code as code, but not products that are written like them', () => {
  const { inline } = quoting(factsIndex(makeFacts()), null)
  expect(inline('On macOS and iOS it calls readMaps of jQuery over gRPC.')).toBe(
    'On macOS and iOS it calls `readMaps` of jQuery over gRPC.',
  )
})

it('drops elements of HTML with their attributes, but no type parameters', () => {
  const { block } = quoting(factsIndex(makeFacts()), 'Markdown')
  const button = '<button style="border:none" onclick="play()"><use href="a.svg#b" /></button>'
  expect(block(`Said like "veet"${button}, it is <T extends Shape> or Map<string, T>.`)).toBe(
    'Said like "veet", it is \\<T extends Shape\\> or Map\\<string, T\\>.',
  )
})

it('leaves out links into the repository itself that lead to nothing, and no other links', () => {
  const forge = 'https://github.com/way/walk/blob'
  const text = `[there](${forge}/main/src/a.ts), [gone](${forge}/main/src/b.ts), [old](${forge}/v1/src/b.ts), [other](https://github.com/way/run/blob/main/b.ts).`
  const documents = [{ path: 'a.md', title: null, sections: [quotedSection(text)] }]
  const { block } = quoting(factsIndex(makeFacts({ documents, files: [makeFile('src/a.ts')] })), 'Markdown')
  expect(block(text)).toBe(text.replace(/\[gone\]\([^)]*\)/, 'gone'))
  expect(block(`See ${forge}/main/src/b.ts now.`)).toBe('See src/b.ts now.')
})

function quotedSection(text: string): SectionFact {
  return { heading: '', level: 1, text, range: range('a.md', 1), textStart: 1 }
}
