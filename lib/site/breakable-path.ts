import { type Html, html } from '#lib/site/html.ts'

/** A path such as `lib/site/page-view.ts`, a dotted or a snake_case name: no blanks, and something to break at. */
const PATH = /^(?=.*[/_.-])[\p{L}\p{N}_@#$+()[\]:./…-]{12,}$/u
const SHORTEST_PATH = 12
/** A part of a path up to so many characters stays whole: a line is rarely narrower. */
const WHOLE_CHARS = 20
const LONG_NAME = new RegExp(`^[\\p{L}\\p{N}_$]{${WHOLE_CHARS + 1},}$`, 'u')
/** Behind `_`, `-` and `#`, before a full stop that begins no short ending, and between the words of `camelCase`. */
const SEAM = /(?<=[_#-])(?=[^_#-])|(?<=\p{Ll})(?=\p{Lu})|(?<=[^.])(?=\.(?!\w{1,4}[:/]?$))/u

/** Text of a title in which a narrow screen breaks paths and long names where people would, never inside an ending. */
export function breakablePath(text: string): Html {
  if (text.length < SHORTEST_PATH) return html`${text}`
  const words = text.split(/(\s+)/).map((word) => (isBreakable(word) ? pieces(word) : [word]))
  if (words.every(({ length }) => length === 1)) return html`${text}`
  return html`${words.map((parts) => parts.map((part, at) => html`${at > 0 ? html`<wbr>` : null}${part}`))}`
}

/** Where people break a type such as `Map<string,Promise<Response>>`, which a column is too narrow for. */
const TYPE_SEAM = /(?<=[<([{,|&])(?=[\w$*&])|(?<=\w)(?=::\w)/
const SHORTEST_TYPE = 17

/** Text of a type or another expression in a table, with places to break at; null for what is short or has none. */
export function breakableType(text: string): Html | null {
  const parts = text.length < SHORTEST_TYPE ? [text] : text.split(TYPE_SEAM)
  return parts.length === 1 ? null : html`${parts.map((part, at) => html`${at > 0 ? html`<wbr>` : null}${part}`)}`
}

function isBreakable(word: string): boolean {
  return word.length >= SHORTEST_PATH && (PATH.test(word) || LONG_NAME.test(word))
}

/** Folder by folder; what is long in itself, at its seams. */
function pieces(word: string): string[] {
  const folders = word.match(/^\/*[^/]+\/*|[^/]+\/*|\/+/g) ?? [word]
  return folders.flatMap((part) => (part.length > WHOLE_CHARS ? part.split(SEAM) : [part]))
}
