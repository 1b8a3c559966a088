import type { Token, Tokens } from 'marked'
import { escapeHtml } from '#lib/site/html.ts'
import { childTokens } from '#lib/site/markdown-text.ts'

/** What types look like: a capital letter, or `_t` at the end. Names of parameters are seldom written so. */
const TYPE = /^(?=.*\p{Lu}|.*_t$)[\p{L}_$][\p{L}\p{N}_$]{2,}$/u

/** The types a page explains or links to, with the target of the link as it stands in Markdown. */
export function typeTargets(tokens: Token[], ids: Map<Tokens.Heading, string>): Map<string, string> {
  const targets = new Map<string, string>()
  const visit = (token: Token) => {
    const [only] = token.type === 'link' && token.tokens?.length === 1 ? token.tokens : []
    if (only?.type === 'codespan' && TYPE.test(only.text) && !targets.has(only.text))
      targets.set(only.text, (token as Tokens.Link).href)
    for (const child of childTokens(token)) visit(child)
  }
  tokens.forEach(visit)
  for (const [{ tokens: inside }, id] of ids) {
    const [name] = inside.length === 1 ? inside : []
    if (name?.type === 'codespan' && TYPE.test(name.text)) targets.set(name.text, `#${id}`)
  }
  return targets
}

/**
 * Links the names of types in the markup of a signature to their entries. `linkFor` answers the attributes of the link, as
 * markup, or null. Text in strings and comments stays as it is.
 */
export function withTypeLinks(markup: string, linkFor: (name: string) => string | null): string {
  const open: string[] = []
  return markup.replace(/<\/?[a-z][^>]*>|&[a-z0-9#]+;|[\p{L}_$][\p{L}\p{N}_$]*/giu, (part) => {
    if (part.startsWith('</')) open.pop()
    else if (part.startsWith('<')) open.push(part)
    if (part.startsWith('<') || part.startsWith('&')) return part
    const isQuoted = open.some((tag) => /class="[sc]"/.test(tag))
    const attributes = isQuoted || !TYPE.test(part) ? null : linkFor(part)
    return attributes === null ? part : `<a ${attributes}>${escapeHtml(part)}</a>`
  })
}
