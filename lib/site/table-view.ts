import type { Token, Tokens } from 'marked'
import type { AnchorIds } from '#lib/domain/anchors.ts'
import { type Html, html, trusted } from '#lib/site/html.ts'
import { inlineText } from '#lib/site/markdown-text.ts'

interface TableContext {
  /** Markup of what stands in a column. */
  inline: (tokens: Token[], column: string) => string
  /** Names of the rows of the page so far. */
  rowIds: AnchorIds
}

/** Columns whose cells explain themselves when a narrow screen shows them below each other. */
const PROSE_COLUMN = /^(?:|meaning|description|what it .*|what to do|purpose|notes?)$/i
/** Columns of declarations: a row goes by the name that is declared, which stays when its type changes. */
const DECLARATION = /^member$/i
const DECLARED =
  /^(?:(?:readonly|static|public|private|protected|internal|override|abstract|async|pub|val|var|let|const|get|set) )*["'#~$]*([\p{L}\p{N}_$-]+)["']?[?!]?(?::|\(|=| =|$)/u
const MAX_NAME_CHARS = 80
/** Parameters belong to the entry above them, which has an address of its own. */
const NO_ADDRESS = /^(?:parameter|argument)$/i
const STACKED_COLUMNS = 3

/**
 * A table whose rows, where they begin with a name in code, have an address (`#r.port`) and lead to it, unless the name
 * leads to its entry below. On a narrow screen the cells of a wide one stand below each other, each with the name of its
 * column.
 */
export function tableView(token: Tokens.Table, { inline, rowIds }: TableContext): Html {
  const names = token.header.map((cell) => inlineText(cell.tokens).trim())
  const isStacked = token.header.length >= STACKED_COLUMNS
  const labels = names.map((name, index) => (isStacked && index > 0 && !PROSE_COLUMN.test(name) ? name : null))
  const isAddressed = !NO_ADDRESS.test(names[0] ?? '')
  const head = token.header.map(
    (cell) => html`<th scope="col"${alignment(cell)}>${trusted(inline(cell.tokens, ''))}</th>`,
  )
  const rows = token.rows.map((row) => {
    const at = isAddressed ? nameColumn(row) : -1
    const id = at === -1 || leadsWithin(row[at]) ? null : `r.${rowIds.next(rowName(row, at, names[at]))}`
    const cells = row.map((cell, index) => {
      const content = trusted(inline(cell.tokens, names[index] ?? ''))
      const label = labels[index] && content.text ? html` data-label="${labels[index]}"` : null
      const inner =
        index === at && isLoneCode(cell)
          ? html`<a class="row-name" href="#${encodeURIComponent(id ?? '')}">${content}</a>`
          : content
      return html`<td${label}${alignment(cell)}>${inner}</td>`
    })
    return html`<tr${id ? html` id="${id}"` : null}>${cells}</tr>\n`
  })
  return html`<div class="table-scroll"><table${isStacked ? html` class="stacked"` : null}>
<thead><tr>${head}</tr></thead>
<tbody>
${rows}</tbody></table></div>
`
}

/** Column of the first name in code, unless prose stands before it; -1 when there is none. */
function nameColumn(row: Tokens.TableCell[]): number {
  const at = row.findIndex(({ tokens }) => tokens.length === 1 && codeOf(tokens[0]))
  return at === 0 || (at === 1 && /^[A-Z, ]{1,40}$/.test(inlineText(row[0]?.tokens ?? []))) ? at : -1
}

function rowName(row: Tokens.TableCell[], at: number, column = ''): string {
  const text = row
    .slice(0, at + 1)
    .map(({ tokens }) => inlineText(tokens))
    .join(' ')
  const declared = DECLARATION.test(column) ? DECLARED.exec(text)?.[1] : undefined
  return (declared ?? text).slice(0, MAX_NAME_CHARS)
}

/** Its entry on the same page has an address already. */
function leadsWithin(cell: Tokens.TableCell | undefined): boolean {
  const [first] = cell?.tokens ?? []
  return first?.type === 'link' && (first as Tokens.Link).href.startsWith('#')
}

function isLoneCode({ tokens }: Tokens.TableCell): boolean {
  return tokens.length === 1 && tokens[0]?.type === 'codespan'
}

function codeOf(token: Token | undefined): boolean {
  if (token?.type === 'link') return token.tokens?.length === 1 && codeOf(token.tokens[0])
  return token?.type === 'codespan'
}

function alignment({ align }: Tokens.TableCell): Html | null {
  return align === 'right' || align === 'center' ? html` class="${align}"` : null
}
