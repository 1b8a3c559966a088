import type { GrammarName } from '#lib/score/grammars.ts'
import { declarationsIn } from '#lib/score/signature-text.ts'

export type ExampleLanguage = GrammarName | 'json' | 'yaml' | 'toml'

const LANGUAGES: Record<string, ExampleLanguage> = {
  js: 'tsx',
  javascript: 'tsx',
  mjs: 'tsx',
  cjs: 'tsx',
  jsx: 'tsx',
  ts: 'typescript',
  typescript: 'typescript',
  mts: 'typescript',
  tsx: 'tsx',
  py: 'python',
  python: 'python',
  python3: 'python',
  pycon: 'python',
  go: 'go',
  golang: 'go',
  rust: 'rust',
  rs: 'rust',
  java: 'java',
  c: 'cpp',
  cpp: 'cpp',
  'c++': 'cpp',
  csharp: 'c-sharp',
  cs: 'c-sharp',
  php: 'php',
  ruby: 'ruby',
  rb: 'ruby',
  kotlin: 'kotlin',
  kt: 'kotlin',
  kts: 'kotlin',
  scala: 'scala',
  swift: 'swift',
  lua: 'lua',
  elixir: 'elixir',
  ex: 'elixir',
  exs: 'elixir',
  iex: 'elixir',
  sh: 'bash',
  bash: 'bash',
  shell: 'bash',
  zsh: 'bash',
  css: 'css',
  json: 'json',
  jsonc: 'json',
  json5: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  toml: 'toml',
}

/** The code as it is, and without what people put around it, when that differs. */
export function readings(language: ExampleLanguage, code: string): string[] {
  const shown = withoutDiff(code)
  const cleaned = cleanedExample(language, shown)
  if (language === 'bash') return [cleaned]
  const filled = language === 'tsx' || language === 'typescript' ? [withPlaceholders(cleaned)] : []
  return [...new Set([cleaned, code, ...filled])]
}

/** Code without the lines that VitePress and others mark as removed: those that replace them stand beside them. */
export function withoutDiff(code: string): string {
  return code.replace(/^.*(?:\/\/|#|<!--) *\[!code --\].*\n?/gm, '')
}

/** With something in the place of comments, ellipses and template tags that stand for an expression. */
function withPlaceholders(code: string): string {
  return code
    .replace(/\{\{[^{}\n]*(?:\{[^{}\n]*\}[^{}\n]*)*\}\}/g, '_')
    .replace(/\/\*(?:[^*]|\*(?!\/))*\*\//g, ' _ ')
    .replace(/([:=>?]\s*)(?:\.\.\.|…)(?=\s*(?:[)},;\]]|\/\/|$))/gm, '$1_')
}

/** The language an example is checked in; null when it says none, or one without a grammar here. */
export function exampleLanguage(language: string): ExampleLanguage | null {
  return LANGUAGES[language] ?? null
}

/** Code without what people put around it: prompts with their output, ellipses, placeholders. */
function cleanedExample(language: ExampleLanguage, code: string): string {
  if (language === 'bash') return cleanedShell(code)
  const text = LEFT_OUT[language]?.(withoutPrompts(language, code)) ?? withoutPrompts(language, code)
  if (language === 'json' || language === 'yaml' || language === 'toml' || language === 'python') return text
  if (language === 'cpp') return text.replace(/([(,]\s*)[A-Z][A-Z0-9_]{2,}\s+(?=\w+[\s*]+\w)/g, '$1')
  return text.replace(/^[ \t]*(?:\.\.\.|…)[ \t]*$/gm, '').replace(/([{(,[])\s*(?:\.\.\.|…)\s*(?=[})\]])/g, '$1')
}

/** Marks of what examples leave out where the language has none, and words of platforms that its grammar does not know. */
const LEFT_OUT: Partial<Record<ExampleLanguage, (text: string) => string>> = {
  elixir: (text) =>
    text
      .replace(/^[ \t]*(?:\.\.\.|…)(?:[\w ]*(?:\.\.\.|…))?,?[ \t]*$/gm, '')
      .trimEnd()
      .replace(/,$/, ''),
  kotlin: (text) => text.replace(/\b(?:actual|expect) (?=\w|@)/g, ''),
}

/** Where the piece of code may stand: alone, in a body, as a member, as an expression. Any that parses will do. */
export function possiblePlaces(grammar: GrammarName, code: string): string[] {
  const declarations = declarationsIn(code)
  const listed = OVERLOADS[grammar]?.(declarations) ?? []
  return [code, ...listed, ...PLACES[grammar](code)].map((text) => `${text}\n`)
}

/** Declarations without bodies, one after another. */
const OVERLOADS: Partial<Record<GrammarName, (declarations: string[]) => string[]>> = {
  python: (list) => [list.map((each) => `${each.trimEnd().replace(/:$/, '')}: ...`).join('\n')],
  typescript: (list) => [`interface _ {\n${list.join(';\n')}\n}`],
  tsx: (list) => [`interface _ {\n${list.join(';\n')}\n}`],
  java: (list) => [
    `class C {\n${list.join(';\n')};\n}`,
    `class C {\n${list.map(body).join('\n')}\n}`,
    `@interface C {\n${list.join(';\n')};\n}`,
  ],
  cpp: (list) => [`${list.join(';\n')};`, `class C {\n${list.join(';\n')};\n};`, `${list.map(body).join(' x;\n')} x;`],
  'c-sharp': (list) => [`class C {\n${list.join(';\n')};\n}`, `interface C {\n${list.join(';\n')};\n}`],
  php: (list) => [`<?php\n${list.map(body).join('\n')}`, `<?php\nabstract class C {\n${list.join(';\n')};\n}`],
  rust: (list) => [`trait S {\n${list.join(';\n')};\n}`, list.map(body).join('\n')],
}

const body = (code: string) => `${code} {}`

const SCRIPT_PLACES = (code: string) => [
  body(code),
  `${code} => {}`,
  `${code} => {\n}`.replace(/^(?!const|let|var)/, 'const _ = '),
  `declare ${code}`,
  `async function* _() {\n${code}\n}`,
  `class _ {\n${code}\n}`,
  `class _ {\n${code} {}\n}`,
  `interface _ {\n${code}\n}`,
  `enum _ {\n${code}\n}`,
  `(${code}\n)`,
  `type _ = ${code}`,
  `${code} = {}`,
  `class _ {\n${code} => {}\n}`,
  `class _ {\nstatic ${code}\n}`,
]

const PLACES: Record<GrammarName, (code: string) => string[]> = {
  typescript: SCRIPT_PLACES,
  tsx: (code) => [...SCRIPT_PLACES(code), ...(code.trim().startsWith('<') ? [`(<>${code}</>)`] : [])],
  python: (code) => [
    `${code.trimEnd().replace(/:$/, '')}: ...`,
    `async def _():\n${code.replace(/^/gm, '    ')}`,
    `class _:\n${code.replace(/^/gm, '    ')}: ...`,
    `${code.trimEnd()}\ndef _(): ...`,
    `_(\n${code}\n)`,
  ],
  go: (code) => [
    body(code),
    `package p\n${code}`,
    `package p\nfunc _() {\n${code}\n}`,
    `package p\ntype _ interface {\n${code}\n}`,
    `package p\ntype _ struct {\n${code}\n}`,
    `package p\nvar _ = ${code}`,
  ],
  rust: (code) => [`${code};`, body(code), `fn f() {\n${code}\n}`, `impl S {\n${code}\n}`, `trait S {\n${code};\n}`],
  java: (code) => [
    body(code),
    `class C {\n${code}\n}`,
    `class C {\n${code} {}\n}`,
    `class C { void f() {\n${code}\n} }`,
  ],
  cpp: (code) => [`${code};`, body(code), `void f() {\n${code}\n}`, `class C {\n${code};\n};`, `auto v = ${code};`],
  'c-sharp': (code) => [`${code};`, body(code), `class C {\n${code}\n}`, `class C { void F() {\n${code}\n} }`],
  php: (code) => [`<?php\n${code}`, `<?php\n${code};`, `<?php\n${code} {}`, `<?php\nclass C {\n${code}\n}`],
  ruby: (code) => [`${code}\nend`],
  kotlin: (code) => [
    body(code),
    `fun f() {\n${code}\n}`,
    `class C {\n${code}\n}`,
    `class C {\n${code} {}\n}`,
    `val v = ${code}`,
  ],
  scala: (code) => [
    `${code} = ???`,
    `object O {\n${code}\n}`,
    `class C {\n${code} = ???\n}`,
    `${code} {}`,
    `val v = ${code}`,
  ],
  swift: (code) => [
    body(code),
    `func f() {\n${code}\n}`,
    `class C {\n${code}\n}`,
    `class C {\n${code} {}\n}`,
    `protocol P {\n${code}\n}`,
    `class C {\n${code} { get }\n}`,
    `let v = ${code}`,
    `f(\n${code}\n)`,
  ],
  lua: (code) => [`${code}\nend`, `local v = ${code}`, `local v = {\n${code}\n}`],
  elixir: (code) => [
    `${code} do\nend`,
    `${code}\nend`,
    `${code}\nend\nend`,
    `v = ${code}`,
    `v = [\n${code}\n]`,
    `v =\n${code}`,
    `v\n${code}`,
  ],
  bash: (code) => (/^\w+\(\)$/.test(code.trim()) ? [`${code.trim()} { :; }`] : []),
  css: (code) => [`a {\n${code}\n}`],
}

/** With prompts, what people type; without, everything that is no JSON, which a command printed. */
function cleanedShell(code: string): string {
  const lines = code.split('\n')
  const typed = lines.some((line) => /^\s*[$%❯]\s/.test(line))
    ? lines.filter((line, index) => /^\s*[$%❯]\s/.test(line) || /\\$/.test(lines[index - 1] ?? ''))
    : lines.filter((line) => !/^\s*(?:\{\s*"|\[\s*\{\s*")/.test(line))
  return typed
    .map((line) => line.replace(/^\s*[$%❯]\s+/, ''))
    .join('\n')
    .replace(/<[\w][\w .|:/-]*>/g, 'placeholder')
}

/** What a prompt asks for, and what it continues with. */
const PROMPTS: Partial<Record<ExampleLanguage, [start: RegExp, any: RegExp]>> = {
  python: [/^\s*>>> /m, /^\s*(?:>>>|\.\.\.)(?: |$)/],
  elixir: [/^\s*iex(?:\([^)\n]*\)\d*)?> /m, /^\s*(?:iex|\.\.\.)(?:\([^)\n]*\)\d*)?>(?: |$)/],
  lua: [/^> /m, /^>{1,2}(?: |$)/],
  scala: [/^(?:scala|@)>? /m, /^(?:scala|@)>?(?: |$)/],
}

function withoutPrompts(language: ExampleLanguage, code: string): string {
  const [start, any] = PROMPTS[language] ?? []
  if (!start?.test(code) || !any) return code
  return code
    .split('\n')
    .filter((line) => any.test(line))
    .map((line) => line.replace(any, ''))
    .join('\n')
}
