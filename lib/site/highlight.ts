import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import c from 'highlight.js/lib/languages/c'
import cpp from 'highlight.js/lib/languages/cpp'
import csharp from 'highlight.js/lib/languages/csharp'
import css from 'highlight.js/lib/languages/css'
import diff from 'highlight.js/lib/languages/diff'
import dockerfile from 'highlight.js/lib/languages/dockerfile'
import go from 'highlight.js/lib/languages/go'
import graphql from 'highlight.js/lib/languages/graphql'
import http from 'highlight.js/lib/languages/http'
import ini from 'highlight.js/lib/languages/ini'
import java from 'highlight.js/lib/languages/java'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import kotlin from 'highlight.js/lib/languages/kotlin'
import lua from 'highlight.js/lib/languages/lua'
import makefile from 'highlight.js/lib/languages/makefile'
import markdown from 'highlight.js/lib/languages/markdown'
import php from 'highlight.js/lib/languages/php'
import protobuf from 'highlight.js/lib/languages/protobuf'
import python from 'highlight.js/lib/languages/python'
import ruby from 'highlight.js/lib/languages/ruby'
import rust from 'highlight.js/lib/languages/rust'
import scala from 'highlight.js/lib/languages/scala'
import scss from 'highlight.js/lib/languages/scss'
import shell from 'highlight.js/lib/languages/shell'
import sql from 'highlight.js/lib/languages/sql'
import swift from 'highlight.js/lib/languages/swift'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'
import { cleanText, escapeHtml, type Html, trusted } from '#lib/site/html.ts'

const LANGUAGES = {
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  dockerfile,
  go,
  graphql,
  http,
  ini,
  java,
  javascript,
  json,
  kotlin,
  lua,
  makefile,
  markdown,
  php,
  protobuf,
  python,
  ruby,
  rust,
  scala,
  scss,
  shell,
  sql,
  swift,
  typescript,
  xml,
  yaml,
}
for (const [name, language] of Object.entries(LANGUAGES)) hljs.registerLanguage(name, language)

/** Endings and info strings highlight.js does not know under its own aliases. */
const EXTRA_ALIASES: Record<string, string> = {
  env: 'ini',
  cfg: 'ini',
  conf: 'ini',
  mdx: 'markdown',
  pyi: 'python',
  vue: 'xml',
  svelte: 'xml',
  webmanifest: 'json',
}
const MAX_LINE_CHARS = 2000
/** Code that is marked twice is short and shown on one page, or on neighbours: a signature, its card, a usual example. */
const MAX_REMEMBERED_CHARS = 1_000_000
const MAX_ONE_CHARS = 4096

const remembered = new Map<string, Html>()
let rememberedChars = 0

/** Name of the language an info string or a file ending means; null when it is not in the list. Never guesses. */
export function knownLanguage(name: string): string | null {
  const wanted = name.toLowerCase()
  const found = EXTRA_ALIASES[wanted] ?? wanted
  return /^[a-z0-9+#_.-]{1,30}$/.test(found) && hljs.getLanguage(found) ? found : null
}

/** Code as markup with `hljs-…` classes. Plain when the language is unknown, the code is over `maxChars` or a line is too long. */
export function highlight(code: string, language: string | null, maxChars = 16_384): Html {
  const plain = !language || code.length > maxChars || longestLine(code) > MAX_LINE_CHARS
  if (plain) return trusted(escapeHtml(code))
  return code.length > MAX_ONE_CHARS ? marked(code, language) : known(code, language)
}

function known(code: string, language: string): Html {
  const key = `${language}\n${code}`
  const found = remembered.get(key)
  if (found) return found
  const markup = marked(code, language)
  rememberedChars += key.length + markup.text.length
  if (rememberedChars > MAX_REMEMBERED_CHARS) {
    remembered.clear()
    rememberedChars = key.length + markup.text.length
  }
  remembered.set(key, markup)
  return markup
}

function marked(code: string, language: string): Html {
  return trusted(hljs.highlight(cleanText(code), { language, ignoreIllegals: true }).value)
}

function longestLine(code: string): number {
  let longest = 0
  for (let start = 0; start <= code.length; ) {
    const end = code.indexOf('\n', start)
    const stop = end === -1 ? code.length : end
    longest = Math.max(longest, stop - start)
    start = stop + 1
  }
  return longest
}
