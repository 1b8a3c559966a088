import { type Html, html } from '#lib/site/html.ts'

/** A path such as `lib/site/page-view.ts`, a dotted or a snake_case name: no blanks, and something to break at. */
const PATH = /^(?=.*[/_.-])[\p{L}\p{N}_@#$+()[\]:./…-]{12,}$/u

/** Text of a title in which a narrow screen breaks paths and long names where people would, never inside an ending. */
export function breakablePath(text: string): Html {
  const words = text.split(/(\s+)/).map((word) => (PATH.test(word) ? pieces(word) : [word]))
  return html`${words.map((parts) => parts.map((part, at) => html`${at > 0 ? html`<wbr>` : null}${part}`))}`
}

/** Cut behind `/`, `_`, `-`, `#` and before a full stop. */
function pieces(word: string): string[] {
  return word.match(/\.?[^/_#.-]+[/_#-]*|[/_#.-]+/gu) ?? [word]
}
