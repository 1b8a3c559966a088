import { type FactsIndex, quoteContext } from './facts-index.ts'
import { blocks, code, escapeText, oneLine } from './markdown.ts'
import { materialToMarkdown } from './material.ts'
import { mystToMarkdown } from './myst.ts'
import { type QuoteContext, quoteMarkdown } from './quote-markdown.ts'
import { looksLikeRst, rstToMarkdown } from './rst.ts'
import { rustdocToMarkdown } from './rustdoc.ts'
import { piecesOf, type Tab } from './tabs.ts'

export interface Quoting {
  /** Plain text on one line, as the summary of a doc comment is. */
  inline(text: string): string
  /** Markdown of several blocks. */
  block(text: string): string
}

/** What marks and addresses in a document mean. */
type DocumentReading = Pick<QuoteContext, 'findPage' | 'findImage' | 'findAnchor' | 'noteName'>

/** Quoting for texts of a file: reStructuredText first becomes Markdown. */
export function quoting(index: FactsIndex, language: string | null, reading: DocumentReading = {}): Quoting {
  const own = OWN_CODE.get(language ?? '') ?? ''
  const context = { ...quoteContext(index, language), language: own, ...reading }
  const toMarkdown = (text: string) => {
    if (language === 'Markdown') return mystToMarkdown(materialToMarkdown(text))
    if (language === 'Rust') return rustdocToMarkdown(text)
    return language === 'Python' || language === 'reStructuredText' || looksLikeRst(text) ? rstToMarkdown(text) : text
  }
  const quote = (text: string) => (text.trim() === '' ? '' : quoteMarkdown(toMarkdown(text), context))
  if (language !== 'Markdown') return { inline: codeNames, block: quote }
  return {
    inline: codeNames,
    block: (text) =>
      blocks(
        ...piecesOf(text).map((piece) => (piece.kind === 'tabs' ? tabsText(piece.tabs, quote) : quote(piece.text))),
      ),
  }
}

/** What code without a language is, in doc comments of a language. */
const OWN_CODE = new Map([
  ['Rust', 'rust'],
  ['Go', 'go'],
  ['Java', 'java'],
  ['C#', 'csharp'],
])

/** Tabs as the site reads them; parts of which nothing can be shown are left out, and one that is left stands alone. */
function tabsText(tabs: Tab[], quote: (text: string) => string): string {
  const shown = tabs
    .map(({ label, text }) => ({ label, markdown: quote(text) }))
    .filter(({ markdown }) => markdown !== '')
  if (shown.length < 2) return shown[0]?.markdown ?? ''
  const parts = shown.flatMap(({ label, markdown }) => [`== ${oneLine(label.replace(/[<>[\]`*\\]/g, ''))}`, markdown])
  return blocks('::: tabs', ...parts, ':::')
}

const ROLE = /:(?:[a-z]+:)?(?:func|class|meth|attr|data|mod|exc|obj|const|option|envvar|ref|doc):[~!.]*(?=[\w-])/g
/** The sign that joins an ending to a role in reStructuredText: ``:class:`Option`\s``. */
const JOINED = /(?<=[\w`])\\(?=s\b)/g
/** One line of text needs no stress. */
const EMPHASIS = /(?<![\w*\\])\*{1,2}(?=[\p{L}\d])([^*\n]*[\p{L}\d.!?])\*{1,2}(?!\*)/gu
const CODE_NAME =
  /(?<![\w./@\\$`-])`{1,2}(?!\s)[^`]+(?<!\s)`{1,2}(?!`)|(?<![\w./@\\$-])(?:[A-Za-z_](?:[\w.]|::)*\(\)|\$[A-Za-z_]\w*|[a-z]\w*(?:\.\w+)*_\w+|__\w+__|[A-Za-z]\w*_\w*\w|[a-z]+[A-Z]\w*|--[a-z][\w-]+)(?![\w@/-])/g

/** Products and terms that are written like names of code. */
const PROPER_NAMES = new Set(
  'macOS iOS iPadOS tvOS watchOS visionOS iPhone iPad iTunes iCloud jQuery gRPC eBPF eBay openSUSE mTLS mDNS vCPU vSphere arXiv kHz'.split(
    ' ',
  ),
)

/** The same few words explain parameters all over a project: they are read once. */
const known = new Map<string, string>()
const MOST_KNOWN = 20_000

/** Plain text as Markdown; code spans, and words that can only be names of code (`snake_case`, `call()`), are set as code. */
export function codeNames(text: string): string {
  if (text === '') return ''
  const found = known.get(text)
  if (found !== undefined) return found
  if (known.size >= MOST_KNOWN) known.clear()
  const set = withCode(text)
  known.set(text, set)
  return set
}

function withCode(text: string): string {
  const plain = oneLine(text).replace(ROLE, '').replace(JOINED, '').replace(EMPHASIS, '$1')
  let out = ''
  let end = 0
  for (const match of plain.matchAll(CODE_NAME)) {
    if (PROPER_NAMES.has(match[0])) continue
    out += `${spaced(plain.slice(end, match.index), end === 0)}${code(match[0].replace(/^`+|`+$/g, ''))}`
    end = match.index + match[0].length
  }
  return out + spaced(plain.slice(end), end === 0)
}

/** Escaped, with the blanks around the text kept. */
function spaced(text: string, isLineStart: boolean): string {
  const inner = isLineStart ? escapeText(text) : escapeText(`x${text}`).slice(1)
  if (inner.trim() === '') return text === '' ? '' : ' '
  return `${/^\s/.test(text) ? ' ' : ''}${inner.trim()}${/\s$/.test(text) ? ' ' : ''}`
}
