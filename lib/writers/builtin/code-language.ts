/**
 * The language an example of a doc comment is set in: that of the file, unless it is plainly something else. Comments
 * indent prose, markup and output in the same way as code.
 */
export function codeLanguage(example: string, fileLanguage: string): string {
  if (/^\s*>>> /m.test(example)) return 'pycon'
  const first = example.trimStart().split('\n')[0] ?? ''
  if (/^<!?[a-z][^>]*>?/i.test(first))
    return fileLanguage === 'php' || /[jt]sx?/.test(fileLanguage) ? fileLanguage : 'html'
  if (fileLanguage === 'ruby' && /^\s*=> /m.test(example)) return 'irb'
  return isProse(first) || /^%\w+/.test(first) ? 'text' : fileLanguage
}

/** Five words in a row, the first with a capital, and nothing that only code has. */
function isProse(line: string): boolean {
  return /^\p{Lu}\p{Ll}*(?: [\p{L}'’,]+){4}/u.test(line) && !/[=;{}()[\]]/.test(line)
}
