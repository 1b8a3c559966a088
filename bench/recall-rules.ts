import type { Tag } from './recall-ctags.ts'

/** A tag with what surrounds it. */
export interface Reading {
  tag: Tag
  language: string
  /** Lines of its file. */
  lines: string[]
  /** Full names of the functions that ctags knows in its file. */
  functions: ReadonlySet<string>
}

/** Languages that both universal-ctags and our facts read. */
export const LANGUAGES = new Set([
  'C',
  'C++',
  'C#',
  'Elixir',
  'Go',
  'Java',
  'JavaScript',
  'Kotlin',
  'Lua',
  'PHP',
  'Python',
  'Ruby',
  'Rust',
  'Shell',
  'TypeScript',
])

/** Kinds that name nothing a reader looks up by itself: packages, imports under another name, locals. */
const OTHER_KINDS =
  /^(?:package|packageName|header|module|namespace|script|heredoc|local|label|parameter|receiver|library|unknown|using|anonMember|macroparam|tparam|test|implementation)$/
const FUNCTION_KINDS = /^(?:function|method|singletonMethod|func|prototype|generator)$/
const SCRIPTS = /Script$/

/** Whether a tag may be part of what its file lets others see; what functions keep to themselves is not. */
export function isCounted({ tag, language, lines, functions }: Reading): boolean {
  const { kind, name, scope = '', scopeKind = '' } = tag
  const line = lines[tag.line - 1] ?? ''
  if (!LANGUAGES.has(language) || OTHER_KINDS.test(kind) || tag.access === 'private') return false
  if (/anon/i.test(name) || FUNCTION_KINDS.test(scopeKind) || isInside(scope, functions)) return false
  if (kind === 'alias' && language !== 'Ruby') return false
  if (SCRIPTS.test(language)) return isScriptMember(tag, lines)
  if (language === 'C' && tag.file === true) return false
  if (language === 'C#' && kind === 'field' && !/enum/.test(scopeKind))
    return /\b(?:public|protected|internal)\b/.test(line)
  if (/^(?:Kotlin|Python|PHP)$/.test(language) && isBelow(lines, tag.line - 1, BLOCKS[language])) return false
  if (language === 'Elixir') return !/^\s*def(?:macro|guard)?p\b/.test(line)
  if (language === 'Lua') return /^\S/.test(line)
  if (language === 'Rust') return !/(?:^|::)tests?(?:::|$)/.test(scope) && !isInTestCode(lines, tag.line - 1)
  if (language === 'PHP' && kind === 'variable') return /\b(?:public|protected|var|static)\b/.test(line)
  return true
}

/** `a::f::B::m` stands inside the function `a::f`. */
function isInside(scope: string, functions: ReadonlySet<string>): boolean {
  const parts = scope.split(/(::|\.)/)
  return parts.some((_, at) => at % 2 === 0 && functions.has(parts.slice(0, at + 1).join('')))
}

/** What opens a block whose names stay inside it, by language. */
const BLOCKS: Record<string, RegExp> = {
  Kotlin:
    /\bfun\b.*(?:[{=(]\s*$)|\binit\s*\{|^\s*(?:if|else|for|while|when|try|catch|do)\b|\bobject\s*:|[{(]\s*(?:\w+(?:,\s*\w+)*\s*->)?\s*$(?<!\b(?:class|interface|object|companion)\b.*)|->\s*\{?\s*$|\b[gs]et\(.*\{\s*$/,
  Python: /^\s*(?:async\s+)?def\s|^if __name__\s*==/,
  PHP: /\bnew\s+(?:readonly\s+)?class\b/,
}

/** Whether a line with less indentation, the nearest first, opens such a block. */
function isBelow(lines: string[], index: number, opens: RegExp | undefined): boolean {
  let indent = indentOf(lines[index] ?? '')
  for (let at = index - 1; at >= 0 && indent > 0; at -= 1) {
    const line = lines[at] ?? ''
    if (line.trim() === '' || /^\s*(?:[)\]}]|\{\s*$)/.test(line) || indentOf(line) >= indent) continue
    if (opens?.test(line)) return true
    indent = indentOf(line)
  }
  return false
}

/** Whether the nearest brace alone on a line with less indentation opens what stands behind a parameter list. */
function isBodyOfFunction(lines: string[], index: number): boolean {
  const indent = indentOf(lines[index] ?? '')
  const isOuter = (line: string) => line.trim() !== '' && !line.startsWith('#') && indentOf(line) < indent
  const opening = lines.slice(0, index).findLastIndex(isOuter)
  return lines[opening]?.trim() === '{' && /\)(?:\s*(?:const|noexcept|override))*\s*$/.test(lines[opening - 1] ?? '')
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0
}

/** Whether the line, or one with less indentation around it, is code of tests. */
function isInTestCode(lines: string[], index: number): boolean {
  let indent = indentOf(lines[index] ?? '') + 1
  for (let at = index; at >= 0 && indent > 0; at -= 1) {
    const line = lines[at] ?? ''
    if (line.trim() === '' || /^\s*(?:[)\]}]|#\[|\/\/)/.test(line) || indentOf(line) >= indent) continue
    if (isTestCode(lines, at)) return true
    indent = indentOf(line)
  }
  return false
}

/** `#[test]` and `#[cfg(test)]` stand above. */
function isTestCode(lines: string[], index: number): boolean {
  const above = lines.slice(Math.max(0, index - 4), index).reverse()
  const end = above.findIndex((line) => !/^\s*(?:#\[|\/\/)/.test(line))
  return above.slice(0, end === -1 ? above.length : end).some((line) => /#\[(?:cfg\(.*)?\btest\b/.test(line))
}

/** Scripts let others see what stands at the margin, and members of classes, interfaces and enumerations. */
function isScriptMember({ kind, line: row, name, scopeKind = '', scope = '' }: Tag, lines: string[]): boolean {
  const line = lines[row - 1] ?? ''
  if (/anon/i.test(scope)) return false
  if (/^(?:method|property|field|enumerator|getter|setter)$/.test(kind)) {
    const owner = scope.split('.').at(-1) ?? ''
    const isDeclared = lines.some((one) => new RegExp(`\\b(?:class|interface|enum)\\s+${escaped(owner)}\\b`).test(one))
    return /^(?:class|interface|enum)$/.test(scopeKind) && isDeclared && !line.includes(`#${name}`) && /^\s/.test(line)
  }
  const isAtMargin =
    /^(?:export\s|declare\s|default\s|abstract\s|async\s|function\b|class\b|const\b|let\b|var\b|enum\b|type\b|interface\b)/.test(
      line,
    )
  return isAtMargin && !/=\s*(?:await\s+)?(?:require|import)\s*\(/.test(line)
}

/** Names as both sides write them: without sigil, quotes, spaces and what stands in front. */
export function plainName(name: string): string {
  if (/^operator\b(?!\.)/.test(name)) return 'operator'
  const plain = name.replace(/^\$|^self\.|[`'"\s]/g, '').replace(/(?<=\w)[?!=]$/, '')
  return plain.replace(/^.*[.:](?=\w)/, '')
}

/** Whether one symbol stands for several definitions of a name: clauses, a getter with its setter, an entry point. */
export function isMerged({ tag, language, lines }: Reading): boolean {
  const above = lines.slice(Math.max(0, tag.line - 4), tag.line)
  const line = lines[tag.line - 1] ?? ''
  if (language === 'Elixir') return true
  if (language === 'Python')
    return (
      above.some((one) => new RegExp(`@${escaped(tag.name)}\\.(?:setter|deleter|getter)`).test(one)) ||
      above.some((one) => /@(?:\w+\.)?overload\b/.test(one))
    )
  return SCRIPTS.test(language) && /^\s*(?:static\s+|override\s+|public\s+)*[gs]et\s/.test(line)
}

type Rule = (reading: Reading & { line: string }) => boolean

const WORDS =
  /^(?:const|let|var|extends|true|false|null|string|number|boolean|any|void|never|unknown|object|if|for|while|switch|return|str|mut|self|Self|undefined|function|static|new|default|operator|inline|constexpr|typename|auto|export)$/

/** What ctags calls a definition and is none, each told by the text alone. */
const RULES: Record<string, Rule> = {
  'the name is a word of the language': ({ tag }) => WORDS.test(tag.name),
  'the line does not hold the name': ({ tag, line }) =>
    !line.includes(tag.name.replace(/^.*[.:]/, '').replace(/[?!=]$/, '')),
  'the name is part of another word, or of an expression': ({ tag, line }) =>
    /^\w+$/.test(tag.name) && !new RegExp(`(?<![\\w$])${escaped(tag.name)}(?![\\w$])`).test(line),
  'a name that the expression uses': ({ tag, line, language }) =>
    SCRIPTS.test(language) &&
    /^(?:constant|variable)$/.test(tag.kind) &&
    !new RegExp(`\\b(?:const|let|var)\\s+(?:[{[][^=]*)?${escaped(tag.name)}\\b`).test(line),
  'a macro makes the name': ({ tag }) => tag.name === 'unquote',
  'the line is a comment': ({ line, language }) =>
    /^\s*(?:\/\/|\/\*|\*(?!\w))/.test(line) || (/^(?:Python|Ruby|Shell|Elixir)$/.test(language) && /^\s*#/.test(line)),
  'the line stands in a text of several lines': ({ tag, lines, language }) =>
    language === 'Elixir' &&
    /^\s*def/.test(lines[tag.line - 1] ?? '') &&
    ['"""', "'''"].some((mark) => isInText(lines.slice(0, tag.line - 1), mark)),
  'code that a macro writes into other modules': ({ tag, lines, language }) =>
    language === 'Elixir' && isInQuote(lines, tag.line - 1),
  'a macro is called, nothing is declared': ({ tag, line }) =>
    /^[A-Z][A-Z0-9_]*$/.test(tag.name) &&
    /^(?:prototype|function|variable|member)$/.test(tag.kind) &&
    new RegExp(`^\\s*${escaped(tag.name)}\\s*\\(`).test(line),
  'a call, nothing is declared': ({ tag, line }) =>
    tag.kind === 'prototype' &&
    new RegExp(`(?:\\.|->|return\\s|=\\s*|\\bstatic_assert\\()${escaped(tag.name)}\\s*\\(`).test(line),
  'declared in its class, defined again outside it': ({ tag, line, language }) =>
    language === 'C++' &&
    /^(?:member|variable|function)$/.test(tag.kind) &&
    new RegExp(`(?:::|>)${escaped(tag.name)}\\s*(?:[;=\\[{(]|$)`).test(line) &&
    /^(?!\s{8})/.test(line),
  'a template made for given types, a module brought in, another name for a namespace': ({ line, language }) =>
    language === 'C++' &&
    /^\s*(?:template\s+(?:class|struct|FMT_API|\w+\s+\w)|extern\s+template|import\s|namespace\s+\w+\s*=)/.test(line),
  'a variable of a function that ctags loses sight of': ({ tag, lines, language }) =>
    language === 'C++' && /^(?:member|variable)$/.test(tag.kind) && isBodyOfFunction(lines, tag.line - 1),
  'a variable of a function that stands inside another, or that function': ({ tag, line, language }) =>
    language === 'Go' && (/^\t+var\s+\w/.test(line) || /^\s*return func\b/.test(line) || tag.name === '_'),
  'a parameter of a member': ({ tag, line, language }) =>
    language === 'C#' &&
    tag.kind === 'field' &&
    new RegExp(`\\([^()]*\\b${escaped(tag.name)}\\s*[,)]`).test(line) &&
    (!new RegExp(`\\b${escaped(tag.name)}\\s*(?:=(?!>)|;)`).test(line) ||
      new RegExp(`\\([^()=]*[\\w>?\\]]\\s+${escaped(tag.name)}\\s*[,)][^(]*=>`).test(line)),
  'what a record is built on': ({ tag, line, language }) =>
    language === 'C#' &&
    tag.kind === 'property' &&
    new RegExp(`\\brecord\\b[^{;]*:\\s*[^{;]*\\b${escaped(tag.name)}\\b`).test(line),
  'a call in the code of a program': ({ tag, line, language }) =>
    language === 'C#' && tag.kind === 'method' && new RegExp(`\\.${escaped(tag.name)}\\s*(?:<[^()]*>)?\\(`).test(line),
  'a macro behind a head': ({ tag, line, language }) =>
    language === 'C++' && new RegExp(`\\)\\s*${escaped(tag.name)}\\s*\\(`).test(line) && /^[A-Z_]+$/.test(tag.name),
  'code of a function that ctags takes for members': ({ tag, line, language }) =>
    (language === 'JavaScript' && tag.kind === 'field' && !isField(tag.name, line)) ||
    (language === 'TypeScript' && tag.kind === 'property' && /^\s*(?:const|let|return)\s/.test(line)),
  'a module brought in, or an entry without a name': ({ tag, line, language }) =>
    language === 'Lua' &&
    (/=\s*require\b/.test(line) || tag.name.includes('[') || /[({].*\w\s*=\s*function/.test(line)),
  'a function of awk': ({ line, language }) => language === 'Shell' && /\bfunction\s+\w+\s*\(\s*\w/.test(line),
  'a variable of a loop': ({ line, tag }) => /^(?:member|variable)$/.test(tag.kind) && /^\s*for\s*\(/.test(line),
  'a parameter of a type, or what it must be': ({ tag, line, language }) =>
    language === 'C#' && new RegExp(`\\bwhere\\s+${escaped(tag.name)}\\s*:`).test(line),
  'an argument with a name': ({ tag, line, language }) =>
    language === 'C#' &&
    new RegExp(`[(,]\\s*${escaped(tag.name)}\\s*[:,)]`).test(line) &&
    !/^\s*(?:public|protected|internal)\s/.test(line),
  'a member that is reached through its interface alone': ({ tag, language }) =>
    language === 'C#' && tag.name.includes('.'),
  'a list is set, no function': ({ tag, language }) => language === 'Shell' && tag.name.endsWith('='),
  'the name is part of a type': ({ tag, line, language }) =>
    language === 'TypeScript' &&
    tag.kind === 'property' &&
    !new RegExp(`(?:^|[\\s{(,;'"#])${escaped(tag.name)}['"]?[?!]?\\s*[:;=(]`).test(line),
  'a function inside a value': ({ line, language }) =>
    language === 'Lua' && /=\s*(?!function\b)\S.*\bfunction\b/.test(line),
  'a module that only holds others': ({ tag, lines, language }) =>
    language === 'Ruby' &&
    tag.kind === 'module' &&
    /^\s*(?:module|class|#|$|autoload|require)/.test(nextCode(lines, tag.line)),
  'a value, no type': ({ tag, line, language }) =>
    language === 'JavaScript' && tag.kind === 'class' && !/\bclass\b|\bfunction\b/.test(line),
}

function isField(name: string, line: string): boolean {
  return new RegExp(`^\\s*(?:static\\s+)?${escaped(name)}\\s*(?:=|;|$)`).test(line)
}

/** Why a tag is no definition; null when it is one. */
export function whyNone(reading: Reading): string | null {
  const line = reading.lines[reading.tag.line - 1] ?? ''
  return Object.entries(RULES).find(([, rule]) => rule({ ...reading, line }))?.[0] ?? null
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function isInText(before: string[], mark: string): boolean {
  return before.reduce((count, line) => count + line.split(mark).length - 1, 0) % 2 === 1
}

/** Whether a `quote do` further out is still open, by indentation. */
function isInQuote(lines: string[], index: number): boolean {
  let indent = /^\s*/.exec(lines[index] ?? '')?.[0].length ?? 0
  for (let at = index - 1; at >= 0 && indent > 0; at -= 1) {
    const line = lines[at] ?? ''
    const own = /^\s*/.exec(line)?.[0].length ?? 0
    if (line.trim() === '' || own >= indent) continue
    if (/\bquote\b.*\bdo\s*$/.test(line)) return true
    indent = own
  }
  return false
}

function nextCode(lines: string[], from: number): string {
  return lines.slice(from, from + 20).find((line) => line.trim() !== '' && !/^\s*#/.test(line)) ?? ''
}
