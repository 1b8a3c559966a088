import { expect, it } from 'vitest'
import { codeLanguage, commentLanguage } from '#lib/writers/builtin/code-language.ts'

it.each([
  ['get "/" do\n  1\nend', 'ruby', 'ruby'],
  ['>>> add(1, 2)\n3', 'python', 'pycon'],
  ['Default is <tt>:html</tt>.', 'ruby', 'text'],
  ['class Home', 'ruby', 'ruby'],
  ['<a>', 'xml', 'xml'],
  ['Note that this list is not complete', 'ruby', 'text'],
  ['expires 500\n=> Expires: Mon', 'ruby', 'irb'],
  ['<h1>Title</h1>', 'ruby', 'html'],
  ['<Title />', 'tsx', 'tsx'],
  ['$ mix phx.new\n$ cd hello', 'elixir', 'console'],
  ['The `:cd` and `:env` options can be given at the end', 'elixir', 'text'],
  ['GET /pages/hello', 'elixir', 'http'],
  ['for each step in walks or runs:', 'python', 'python'],
  ['return a + b', 'python', 'python'],
  ['Gson gson = new Gson();', 'java', 'java'],
])('sets %j of a file in %s as %s', (example, file, language) => {
  expect(codeLanguage(example, file)).toBe(language)
})

it('takes code in a comment for that of the file where it can be nothing else', () => {
  const languageOf = (example: string) => commentLanguage(example, 'go')
  expect(
    ['r := New()', 'url, err := r.Get("a")', 'r.Host("x").\n  Path("y")', '// Only a remark'].map(languageOf),
  ).toEqual(['go', 'go', 'go', 'go'])
  expect(['"/articles/42"', '{"a": 1}', 'go test ./...'].map(languageOf)).toEqual(['', '', ''])
  expect(['Gson gson = new Gson(); // Or so', '{"a": 1}'].map((example) => commentLanguage(example, 'java'))).toEqual([
    'java',
    '',
  ])
  expect(commentLanguage('anything', 'rust')).toBe('rust')
})
