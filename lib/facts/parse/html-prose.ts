const ENTITIES = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['mdash', '—'],
  ['ndash', '–'],
  ['hellip', '…'],
  ['copy', '©'],
])

/** Markdown of a doc comment that is written in HTML or XML; tags without a meaning of their own are left out. */
export function htmlProse(html: string): string {
  if (!/[<&]/.test(html)) return html
  const text = html
    .replace(/<pre\b[^>]*>\s*(?:<code\b[^>]*>)?([\s\S]*?)(?:<\/code>)?\s*<\/pre>/gi, (_, inner) => fenced(inner))
    .replace(/<code\b[^>]*>([^<]*\n[\s\S]*?)<\/code>/gi, (_, inner) => fenced(inner))
    .replace(/<(?:code|c|tt|samp|kbd)>([^<\n]*)<\/(?:code|c|tt|samp|kbd)>/gi, '`$1`')
    .replace(
      /<see(?:also)?\s+(?:cref|langword)="([^"]*)"\s*(?:\/>|>\s*<\/see(?:also)?>)/gi,
      (_, to) => `\`${shortRef(to)}\``,
    )
    .replace(/<(?:param|typeparam)ref\s+name="([^"]*)"\s*\/>/gi, '`$1`')
    .replace(/<a\s[^>]*href="(https?:[^"]*)"[^>]*>([^<]*)<\/a>/gi, '[$2]($1)')
    .replace(/<h[1-6]\b[^>]*>([^<\n]{1,200})<\/h[1-6]>/gi, (_, title) => `\n\n**${title.trim()}**\n\n`)
    .replace(/[^\S\n]*<li\b[^>]*>[^\S\n]*/gi, '\n- ')
    .replace(
      /<(?:p|para|br|ul|ol|dl|list|h\d|hr|div|table)\b[^>]*>|<\/(?:p|para|ul|ol|dl|list|h\d|div|table)>/gi,
      '\n\n',
    )
    .replace(/<\/?(?:[a-z][\w-]*)(?:\s[^<>]*)?\/?>/gi, '')
    .replace(/&(?:#(\d{1,6})|(\w{2,6}));/g, (whole, code, name) =>
      code ? String.fromCodePoint(Math.min(Number(code), 0x10ffff)) : (ENTITIES.get(name) ?? whole),
    )
  return text.replace(/\n[^\S\n]*(?:\n[^\S\n]*){2,}/g, '\n\n')
}

function fenced(code: string): string {
  const inner = code
    .replace(/^\s*\{@code\s?([\s\S]*)\}\s*$/, '$1')
    .replace(/^[^\S\n]*\n/, '')
    .trimEnd()
  return `\n\n\`\`\`\n${dedented(inner)}\n\`\`\`\n\n`
}

/** Text without the indentation all its lines share. */
export function dedented(text: string): string {
  const lines = text.split('\n')
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0)
  const shared = Math.min(...indents, 40)
  return lines.map((line) => line.slice(Math.min(shared, line.length))).join('\n')
}

/** `M:Some.Name.Space.Type.Member(System.Int32)` is `Type.Member`; `Type` stays. */
function shortRef(cref: string): string {
  const [kind, rest] = /^[A-Z]:/.test(cref) ? [cref[0], cref.slice(2)] : ['', cref]
  const path = rest.replace(/[({`].*$/, '').split('.')
  return path.slice(kind === 'T' || kind === '' ? -1 : -2).join('.')
}
