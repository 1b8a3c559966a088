import { Lexer, type TokenizerThis, type Tokens } from 'marked'
import { readFootnote } from '#lib/domain/footnote-text.ts'
import { readCodeInfo } from '#lib/site/code-info.ts'
import { type Container, readContainer, tabTexts } from '#lib/site/containers.ts'
import type { FootnoteText } from '#lib/site/footnotes.ts'
import { oversizedBlock } from '#lib/site/oversized-block.ts'

/** Tags that may stay when they are bare and closed: none of them can do anything. */
const PAIRED = /^<(kbd|sub|sup|mark|ins|del|abbr|small)>((?:(?!<\1>)[\s\S]){1,400}?)<\/\1>/
const NOTE_KINDS: Record<string, string> = {
  note: 'NOTE',
  info: 'NOTE',
  tip: 'TIP',
  important: 'IMPORTANT',
  warning: 'WARNING',
  caution: 'CAUTION',
  danger: 'CAUTION',
}

/** A lexer of GitHub's Markdown with footnotes, tabs, folds and notes; good for one page. */
export function pageLexer(): Lexer {
  const notes = new Map<string, FootnoteText>()
  let depth = 0
  function container(this: TokenizerThis, source: string): Tokens.Generic | undefined {
    const found = depth < 3 ? readContainer(source) : null
    if (!found) return undefined
    depth += 1
    try {
      return containerToken(found, (text) => this.lexer.blockTokens(text, []))
    } finally {
      depth -= 1
    }
  }
  function footnoteText(this: TokenizerThis, source: string): Tokens.Generic | undefined {
    const found = readFootnote(source)
    if (!found || depth > 2) return undefined
    depth += 1
    const tokens = this.lexer.blockTokens(found.text, [])
    depth -= 1
    const token: FootnoteText = { type: 'footnote_text', raw: found.raw, label: found.label, tokens }
    if (!notes.has(found.label)) notes.set(found.label, token)
    return token
  }
  return new Lexer({
    gfm: true,
    extensions: {
      renderers: {},
      childTokens: {},
      block: [plainBlock, container, footnoteText],
      inline: [pairedTag, (source) => footnoteMark(source, notes)],
    },
  })
}

function plainBlock(source: string): Tokens.Generic | undefined {
  const raw = oversizedBlock(source)
  return raw === null ? undefined : { type: 'plain', raw, text: raw }
}

function containerToken(
  { kind, title, lines, raw }: Container,
  lex: (text: string) => Tokens.Generic[],
): Tokens.Generic | undefined {
  if (kind === 'tabs') {
    const tabs = tabTexts(lines).map(({ label, text }) => ({ label, tokens: lex(text) }))
    return tabs.length ? { type: 'tabs', raw, tabs } : undefined
  }
  const tokens = lex(lines.join('\n'))
  if (kind === 'details') return { type: 'fold', raw, title: title || 'Details', tokens }
  const noteKind = NOTE_KINDS[kind]
  if (noteKind) return { type: 'note', raw, kind: noteKind, title, tokens }
  if (kind !== 'code-group') return undefined
  const blocks = tokens.filter((token) => token.type === 'code')
  const tabs = blocks.map((token, n) => ({
    label: tabLabel(token as Tokens.Code) ?? `Variant ${n + 1}`,
    tokens: [token],
  }))
  return tabs.length ? { type: 'tabs', raw, tabs } : undefined
}

function tabLabel({ lang = '' }: Tokens.Code): string | null {
  const { tab, title, language } = readCodeInfo(lang)
  return tab ?? title ?? (language || null)
}

function pairedTag(this: TokenizerThis, source: string): Tokens.Generic | undefined {
  const [raw, tag, inside = ''] = PAIRED.exec(source) ?? []
  if (!raw) return undefined
  return { type: 'paired', raw, tag, tokens: this.lexer.inlineTokens(inside, []) }
}

function footnoteMark(source: string, notes: Map<string, FootnoteText>): Tokens.Generic | undefined {
  const [raw, label = ''] = /^\[\^([^\]\s]{1,80})\](?!\()/.exec(source) ?? []
  const note = notes.get(label)
  return raw && note ? { type: 'footnote_mark', raw, note } : undefined
}
