import { type CompletionContext, type CompletionOption, flagsWithValue, PROFILE_NAMES, quoted } from './contexts.ts'

/** A script for fish 3 and later. */
export function fishCompletion(contexts: CompletionContext[]): string {
  return `# Completion of docsfy for fish.
function __docsfy_context
  set -l skip 0
  set -l context
  for word in (commandline -opc)[2..-1]
    if test $skip = 1
      set skip 0
      continue
    end
    switch $word
      case ${flagsWithValue(contexts)
        .map((flag) => inQuotes(flag))
        .join(' ')}
        set skip 1
      case '-*'
      case '*'
        if contains -- (string join ' ' $context $word) ${contexts
          .filter(({ path }) => path !== '')
          .map(({ path }) => inQuotes(path))
          .join(' ')}
          set -a context $word
        end
    end
  end
  string join ' ' $context
end
function __docsfy_at
  test (__docsfy_context | string collect -a) = $argv[1]
end
complete -c docsfy -f
${contexts.flatMap(linesOf).join('\n')}`
}

function linesOf({ path, commands, options, choices }: CompletionContext): string[] {
  const start = `complete -c docsfy -n ${inQuotes(`__docsfy_at "${path}"`)}`
  return [
    ...commands.map(({ word, description }) => `${start} -a ${word} -d ${inQuotes(description)}`),
    ...(choices.length > 0 ? [`${start} -a ${inQuotes(choices.join(' '))}`] : []),
    ...options.map((option) => `${start} ${optionWords(option)}`),
  ]
}

function optionWords(option: CompletionOption): string {
  const names = option.flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
  return `${names.join(' ')}${valueWords(option)} -d ${inQuotes(option.description)}`
}

function valueWords({ takesValue, takesProfile, choices }: CompletionOption): string {
  if (takesProfile) return ` -x -a ${inQuotes(`(${PROFILE_NAMES})`)}`
  if (choices.length > 0) return ` -x -a ${inQuotes(choices.join(' '))}`
  return takesValue ? ' -r -F' : ''
}

function inQuotes(text: string): string {
  return quoted(text.replaceAll('\\', '\\\\'), "\\'")
}
