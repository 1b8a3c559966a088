import { languageOf, markCode } from '#lib/site/code-languages.ts'
import { cleanText, escapeHtml, type Html, trusted } from '#lib/site/html.ts'

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
  return /^[a-z0-9+#_.-]{1,30}$/.test(found) && languageOf(found) ? found : null
}

/** Code as markup, see code/code-markup.ts. Plain when the language is unknown, the code is over `maxChars` or a line is too long. */
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

function marked(code: string, name: string): Html {
  const language = languageOf(name)
  return trusted(language ? markCode(cleanText(code), language) : escapeHtml(code))
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
