/**
 * The language an example of a doc comment is set in: that of the file, unless it is plainly something else. Comments
 * indent prose, markup and output in the same way as code.
 */
export function codeLanguage(example: string, fileLanguage: string): string {
  if (/^\s*>>> /m.test(example)) return 'pycon'
  if (!PROGRAMS.test(fileLanguage)) return fileLanguage
  const first = example.trimStart().split('\n')[0] ?? ''
  if (/^\$ \S/.test(first)) return 'console'
  if (/^(?:GET|POST|PUT|PATCH|DELETE|HEAD) \/\S*$/.test(first)) return 'http'
  if (/^<!?[a-z][^>]*>?/i.test(first)) return 'html'
  if (fileLanguage === 'ruby' && /^\s*=> /m.test(example)) return 'irb'
  return isProse(first) || /^%\w+/.test(first) ? 'text' : fileLanguage
}

/** The language of code in a comment of a file, where it is plain: comments set off output and formats in the same way. */
export function commentLanguage(example: string, fileLanguage: string): string {
  const isPlain = PLAIN[fileLanguage]
  return !isPlain || isPlain.test(example) ? fileLanguage : ''
}

const STATEMENT = /;[ \t]*(?:\/\/.*)?$/m
const PLAIN: Record<string, RegExp> = {
  go: /^[ \t]*(?:(?:func|var|type|const|import|package|return|defer|if|for|switch|case) |go (?:func\b|\w+\()|\/\/)|[\w\])] :?= |\w\.\w+\(/m,
  java: STATEMENT,
  csharp: STATEMENT,
}

/** Languages whose programs begin neither with markup nor with a sentence. */
const PROGRAMS = /^(?:ruby|rb|python|py|java|kotlin|go|rust|csharp|c|cpp|elixir)$/

/** What statements of the languages above begin with. */
const KEYWORD =
  /^(?:from|import|if|for|while|unless|until|return|def\w*|class|with|let|var|const|public|private|protected|static|package|using|namespace|func?|fn|use|require|include|alias|case|when|match|select|insert|raise|yield|async|await|type|struct|enum|interface)\b/

/** A sentence: words in a row, the first with a capital, and nothing that only code has. */
function isProse(line: string): boolean {
  const words = line.replace(/`[^`]*`/g, 'x')
  const isSentence = /^\p{Lu}|[.,:]$/u.test(words) && !KEYWORD.test(words)
  if (isSentence && /^\p{L}[\p{L}'’,-]*(?: [\p{L}'’,.:()-]+){4,}$/u.test(words)) return true
  return /^\p{Lu}\p{Ll}*,?(?: [\p{L}'’,]+)+(?: |[.:]?$)/u.test(line) && !/[=;{}[\]]/.test(line)
}
