/**
 * The language an example of a doc comment is set in: that of the file, unless it is plainly something else. Comments
 * indent prose, markup and output in the same way as code.
 */
export function codeLanguage(example: string, fileLanguage: string): string {
  if (/^\s*>>> /m.test(example)) return 'pycon'
  if (!PROGRAMS.test(fileLanguage)) return fileLanguage
  const first = example.trimStart().split('\n')[0] ?? ''
  if (/^<!?[a-z][^>]*>?/i.test(first)) return 'html'
  if (fileLanguage === 'ruby' && /^\s*=> /m.test(example)) return 'irb'
  return isProse(first) || /^%\w+/.test(first) ? 'text' : fileLanguage
}

/** Languages whose programs begin neither with markup nor with a sentence. */
const PROGRAMS = /^(?:ruby|rb|python|py|java|kotlin|go|rust|csharp|c|cpp|elixir)$/

/** A sentence: words in a row, the first with a capital, and nothing that only code has. */
function isProse(line: string): boolean {
  return /^\p{Lu}\p{Ll}*,?(?: [\p{L}'’,]+)+(?: |[.:]?$)/u.test(line) && !/[=;{}[\]]/.test(line)
}
