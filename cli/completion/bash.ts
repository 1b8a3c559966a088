import {
  type CompletionContext,
  type CompletionOption,
  contextPattern,
  flagsWithValue,
  PROFILE_NAMES,
  quoted,
} from './contexts.ts'

/** A script for bash 4 and later. */
export function bashCompletion(contexts: CompletionContext[]): string {
  return `# Completion of docsfy for bash: source <(docsfy completion bash)
_docsfy() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} context= words= index
  # Bash takes --flag=value apart at the sign.
  if [[ $previous == = ]]; then previous=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if [[ $current == = ]]; then current=; fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    case \${COMP_WORDS[index]} in
      ${flagsWithValue(contexts).join('|')}) ((index++)) ;;
      -*) ;;
      *) case "\${context:+$context }\${COMP_WORDS[index]}" in
        ${contextPattern(contexts)}) context="\${context:+$context }\${COMP_WORDS[index]}" ;;
      esac ;;
    esac
  done
  case "$context:$previous" in
${contexts.flatMap(valueCases).join('\n')}
  esac
  case $context in
${contexts.map(wordCase).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _docsfy docsfy`
}

/** Behind an option: its choices, or files. */
function valueCases({ path, options }: CompletionContext): string[] {
  return options
    .filter(({ takesValue }) => takesValue)
    .map((option) => {
      const pattern = option.flags.map((flag) => quoted(`${path}:${flag}`)).join('|')
      const values = valuesOf(option)
      const reply = values ? `COMPREPLY=($(compgen -W ${values} -- "$current"));` : ''
      return `    ${pattern}) ${reply} return ;;`
    })
}

function valuesOf({ choices, takesProfile }: CompletionOption): string | null {
  if (takesProfile) return `"$(${PROFILE_NAMES})"`
  return choices.length > 0 ? quoted(choices.join(' ')) : null
}

function wordCase({ path, commands, options, choices }: CompletionContext): string {
  const names = [...commands.map(({ word }) => word), ...choices].join(' ')
  const flags = options.flatMap((option) => option.flags).join(' ')
  return `    ${quoted(path)}) if [[ $current == -* ]]; then words=${quoted(flags)}; else words=${quoted(names)}; fi ;;`
}
