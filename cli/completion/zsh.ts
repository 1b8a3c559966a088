import {
  type CompletionContext,
  type CompletionOption,
  contextPattern,
  flagsWithValue,
  PROFILE_NAMES,
  quoted,
} from './contexts.ts'

/** A script for zsh, as a file `_docsfy` in fpath or sourced. */
export function zshCompletion(contexts: CompletionContext[]): string {
  return `#compdef docsfy
# Completion of docsfy for zsh.
_docsfy() {
  local context= previous=\${words[CURRENT-1]} word skip=0
  local -a names flags
  for word in \${words[2,CURRENT-1]}; do
    if ((skip)); then skip=0; continue; fi
    case $word in
      ${flagsWithValue(contexts).join('|')}) skip=1 ;;
      -*) ;;
      *) case "\${context:+$context }$word" in
        ${contextPattern(contexts)}) context="\${context:+$context }$word" ;;
      esac ;;
    esac
  done
  # --flag=value is one word here.
  if [[ \${words[CURRENT]} == --*=* ]]; then previous=\${words[CURRENT]%%=*}; compset -P '*='; fi
  case "$context:$previous" in
${contexts.flatMap(valueCases).join('\n')}
  esac
  case $context in
${contexts.map(wordCase).join('\n')}
  esac
  if [[ \${words[CURRENT]} == -* ]]; then
    _describe -o option flags
  elif ((\${#names})); then
    _describe command names
  else
    _files
  fi
}
if [[ \${funcstack[1]} == _docsfy ]]; then _docsfy "$@"; else compdef _docsfy docsfy; fi`
}

function valueCases({ path, options }: CompletionContext): string[] {
  return options
    .filter(({ takesValue }) => takesValue)
    .map((option) => {
      const pattern = option.flags.map((flag) => quoted(`${path}:${flag}`)).join('|')
      return `    ${pattern}) ${replyFor(option)}; return ;;`
    })
}

function replyFor({ choices, takesProfile }: CompletionOption): string {
  if (takesProfile) return `compadd -- \${(f)"$(${PROFILE_NAMES})"}`
  return choices.length > 0 ? `compadd -- ${choices.map((one) => quoted(one)).join(' ')}` : '_files'
}

function wordCase({ path, commands, options, choices }: CompletionContext): string {
  const names = [
    ...commands.map(({ word, description }) => described(word, description)),
    ...choices.map((choice) => quoted(choice)),
  ]
  const flags = options.flatMap((option) => option.flags.map((flag) => described(flag, option.description)))
  return `    ${quoted(path)}) names=(${names.join(' ')}); flags=(${flags.join(' ')}) ;;`
}

/** `word:description`; a colon in the description has to be escaped. */
function described(word: string, description: string): string {
  return quoted(`${word}:${description.replaceAll(':', '\\:')}`)
}
