import { createRequire } from 'node:module'
import type { CompiledLanguage, HLJSApi, LanguageFn } from 'highlight.js'
import hljs from 'highlight.js/lib/core'
import { type Grammars, markWithGrammar } from '#lib/site/code/mark-with-grammar.ts'

/** Languages that are marked, each with the other names it goes by in highlight.js; a test holds them against its grammars. */
export const LANGUAGES = {
  bash: ['sh', 'zsh'],
  c: ['h'],
  cpp: ['cc', 'c++', 'h++', 'hpp', 'hh', 'hxx', 'cxx'],
  csharp: ['cs', 'c#'],
  css: [],
  diff: ['patch'],
  dockerfile: ['docker'],
  go: ['golang'],
  graphql: ['gql'],
  http: ['https'],
  ini: ['toml'],
  java: ['jsp'],
  javascript: ['js', 'jsx', 'mjs', 'cjs'],
  json: ['jsonc', 'json5'],
  kotlin: ['kt', 'kts', 'ktm', 'ktx'],
  lua: ['pluto'],
  makefile: ['mk', 'mak', 'make'],
  markdown: ['md', 'mkdown', 'mkd'],
  php: [],
  protobuf: ['proto'],
  python: ['py', 'gyp', 'ipython'],
  ruby: ['rb', 'gemspec', 'podspec', 'thor', 'irb'],
  rust: ['rs'],
  scala: [],
  scss: [],
  shell: ['console', 'shellsession'],
  sql: [],
  swift: [],
  typescript: ['ts', 'tsx', 'mts', 'cts'],
  xml: ['html', 'xhtml', 'rss', 'atom', 'xjb', 'xsd', 'xsl', 'plist', 'wsf', 'svg'],
  yaml: ['yml'],
} as const
type Language = keyof typeof LANGUAGES

const ALL = Object.keys(LANGUAGES) as Language[]
const byName = new Map<string, Language>(
  ALL.flatMap((language) => [language, ...LANGUAGES[language]].map((name) => [name, language] as const)),
)
const compiled = new Map<Language, CompiledLanguage>()
let library: HLJSApi | null = null
const load = createRequire(import.meta.url)

/** The language that goes by a name in lower case; null when it is not in the list. */
export function languageOf(name: string): Language | null {
  return byName.get(name) ?? null
}

/** Code as markup, see code/code-markup.ts. A grammar is loaded with the first code that needs it: all take as long as ten pages. */
export function markCode(code: string, language: Language): string {
  return markWithGrammar(code, grammarOf(language), grammars)
}

const grammars: Grammars = {
  compiled(name) {
    const language = languageOf(name)
    return language && grammarOf(language)
  },
  guessed(code) {
    const language = languageOf(wholeLibrary().highlightAuto(code).language ?? '')
    return language && grammarOf(language)
  },
}

/**
 * The grammar as the library works it out, which it does with the first code it marks: here with none, and without the
 * patterns it would need to read that, since a grammar can say that it reads for itself.
 */
function grammarOf(language: Language): CompiledLanguage {
  const known = compiled.get(language)
  if (known) return known
  hljs.registerLanguage(language, (api) => Object.assign(definitionOf(language)(api), { __emitTokens() {} }))
  hljs.highlight('', { language })
  const made = hljs.getLanguage(language) as CompiledLanguage
  compiled.set(language, made)
  return made
}

/** For what an HTTP message holds, which is guessed. A guess among equals falls on the first of the list. */
function wholeLibrary(): HLJSApi {
  if (library) return library
  const made = hljs.newInstance()
  for (const language of ALL) made.registerLanguage(language, definitionOf(language))
  made.configure({ languages: ALL })
  library = made
  return made
}

function definitionOf(language: Language): LanguageFn {
  return load(`highlight.js/lib/languages/${language}`)
}
