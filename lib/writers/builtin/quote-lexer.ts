import { Lexer, type Token, type TokenizerExtension, type TokenizerThis, type Tokens } from 'marked'
import { readFootnote } from '#lib/domain/footnote-text.ts'

/** An element whose end is near, with what it holds. */
export interface PairToken extends Tokens.Generic {
  type: 'pair'
  tag: string
  attributes: string
  text: string
  tokens: Token[]
}

/** `[^label]` of a footnote that is known. */
export interface NoteMarkToken extends Tokens.Generic {
  type: 'note_mark'
  name: string
}

/** A formula, which is shown as it is written. */
export interface FormulaToken extends Tokens.Generic {
  type: 'formula' | 'formula_block'
  text: string
}

/** What forges read in a document beyond what the lexer does. */
export type OwnToken = PairToken | NoteMarkToken | FormulaToken

/** The name a footnote of the document has on the page; null for a label without text. */
export type NoteName = (label: string) => string | null

const PAIR =
  /^<(kbd|sub|sup|mark|ins|del|s|strike|b|strong|i|em|code|a)(\s[^<>]{0,400})?>((?:(?!<\/?\1\b)[\s\S]){1,300}?)<\/\1>/i
const NOTE_MARK = /^\[\^([^\]\s]{1,80})\](?!\()/
const FORMULA_BLOCK = /^ {0,3}\$\$[ \t]*\n([\s\S]{1,2000}?)\n[ \t]*\$\$[ \t]*(?:\n|$)/
const FORMULA = /^\$\$([^$\n]{1,300})\$\$|^\$(?![\s$])([^$\n]{0,199}[^$\s\\])\$(?![\w$])/
/** What formulas have and prices and variables of a shell have not. */
const MATHEMATICAL = /\\[A-Za-z]{2}|\^|_\{|\w\s*[=<>+]\s*\w|^[A-Za-z]$/

/** Tokens of Markdown as forges read it: with footnotes, formulas and elements that end. Footnotes' texts are left out. */
export function quoteTokens(text: string, noteName: NoteName): Token[] {
  const inline: TokenizerExtension['tokenizer'][] = [pair]
  const block: TokenizerExtension['tokenizer'][] = []
  if (text.includes('[^')) {
    inline.push((source) => noteMark(source, noteName))
    block.push((source) => knownNote(source, noteName))
  }
  const hasFormulas = text.includes('$')
  if (hasFormulas) {
    inline.push(formula)
    block.push(formulaBlock)
  }
  const startInline = hasFormulas ? [(source: string) => source.indexOf('$')] : []
  return new Lexer({ gfm: true, extensions: { renderers: {}, childTokens: {}, block, inline, startInline } }).lex(text)
}

function pair(this: TokenizerThis, source: string): Tokens.Generic | undefined {
  const [raw, tag = '', attributes = '', text = ''] = PAIR.exec(source) ?? []
  if (!raw) return undefined
  return { type: 'pair', raw, tag: tag.toLowerCase(), attributes, text, tokens: this.lexer.inlineTokens(text, []) }
}

function noteMark(source: string, noteName: NoteName): Tokens.Generic | undefined {
  const [raw, label = ''] = NOTE_MARK.exec(source) ?? []
  const name = raw ? noteName(label) : null
  return raw && name !== null ? { type: 'note_mark', raw, name } : undefined
}

function knownNote(source: string, noteName: NoteName): Tokens.Generic | undefined {
  const note = readFootnote(source)
  return note && noteName(note.label) !== null ? { type: 'space', raw: note.raw } : undefined
}

function formulaBlock(source: string): Tokens.Generic | undefined {
  const [raw, text = ''] = FORMULA_BLOCK.exec(source) ?? []
  return raw ? { type: 'formula_block', raw, text } : undefined
}

function formula(source: string): Tokens.Generic | undefined {
  const [raw, displayed, inline] = FORMULA.exec(source) ?? []
  const text = displayed ?? inline ?? ''
  return raw && (displayed !== undefined || MATHEMATICAL.test(text)) ? { type: 'formula', raw, text } : undefined
}
