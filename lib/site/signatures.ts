import type { Token, Tokens } from 'marked'
import { readCodeInfo } from '#lib/site/code-info.ts'
import { highlight, knownLanguage } from '#lib/site/highlight.ts'
import { searchText } from '#lib/site/markdown-text.ts'

/** What a page says first about a name it explains. */
export interface Signature {
  /** Of its heading. */
  id: string
  /** The block of code. */
  token: Tokens.Code
  summary: string
}

const MAX_SUMMARY_CHARS = 240

/** The names a page explains: a heading that is a name in code, then a block of code. */
export function signaturesOf(tokens: Token[], ids: Map<Tokens.Heading, string>): Signature[] {
  const solid = tokens.filter((token) => token.type !== 'space')
  return solid.flatMap((token, at) => {
    const [code, after] = [solid[at + 1], solid[at + 2]]
    const isName = token.type === 'heading' && token.tokens?.length === 1 && token.tokens[0]?.type === 'codespan'
    if (!isName || code?.type !== 'code') return []
    const text = after?.type === 'paragraph' ? searchText([after]) : ''
    const isPlace = /^(?:Declared|Imported|Used|Tested) (?:at|in)\b/.test(text)
    const id = ids.get(token as Tokens.Heading) ?? ''
    return [{ id, token: code as Tokens.Code, summary: isPlace ? '' : cut(text) }]
  })
}

/** Where the script with the signatures of a page is. */
export function signaturesPath(file: string): string {
  return `signatures/${file}.js`
}

/** Signatures by heading id, as `[markup, summary]`, in a script for the reason given in receipts.ts. */
export function signaturesScript(file: string, signatures: Signature[]): string {
  const entries = signatures.map(({ id, token, summary }) => {
    const markup = highlight(token.text, knownLanguage(readCodeInfo(token.lang ?? '').language)).text
    return [id, [markup, summary]] as const
  })
  return `docsfySignatures(${JSON.stringify(file)}, ${JSON.stringify(Object.fromEntries(entries))})\n`
}

function cut(text: string): string {
  return text.length <= MAX_SUMMARY_CHARS ? text : `${text.slice(0, text.lastIndexOf(' ', MAX_SUMMARY_CHARS))} …`
}
