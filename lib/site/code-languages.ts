import { createRequire } from 'node:module'
import hljs from 'highlight.js/lib/core'

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
/** Languages that stand inside others. What an HTTP message holds is guessed, so that it needs all of them. */
const INSIDE: Partial<Record<Language, readonly Language[]>> = {
  dockerfile: ['bash'],
  http: ALL,
  javascript: ['css', 'graphql', 'xml'],
  markdown: ['xml'],
  shell: ['bash'],
  typescript: ['css', 'graphql', 'xml'],
  xml: ['css', 'javascript'],
  yaml: ['ruby'],
}

const byName = new Map<string, Language>(
  ALL.flatMap((language) => [language, ...LANGUAGES[language]].map((name) => [name, language] as const)),
)
const ready = new Set<Language>()
const load = createRequire(import.meta.url)
// A guess among equals falls on the first: their order must not hang on which was needed first.
hljs.configure({ languages: ALL })

/** The language that goes by a name in lower case; null when it is not in the list. */
export function languageOf(name: string): Language | null {
  return byName.get(name) ?? null
}

/** Marks code with `hljs-…` classes. A grammar is loaded with the first code that needs it: all take as long as ten pages. */
export function markCode(code: string, language: Language): string {
  if (!ready.has(language)) makeReady(language)
  return hljs.highlight(code, { language, ignoreIllegals: true }).value
}

/** It may be stopped in the middle by the watch over a page, and is then done again. */
function makeReady(language: Language): void {
  for (const needed of withInside(language))
    if (!hljs.getLanguage(needed)) hljs.registerLanguage(needed, load(`highlight.js/lib/languages/${needed}`))
  ready.add(language)
}

function withInside(language: Language): Set<Language> {
  const all = new Set([language])
  for (const one of all) for (const inside of INSIDE[one] ?? []) all.add(inside)
  return all
}
