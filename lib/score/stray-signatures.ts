import type { SymbolFact } from '#lib/domain/facts.ts'
import type { Context } from '#lib/score/context.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import type { Ground } from '#lib/score/ground.ts'
import { type Block, type DocPage, plainText, type RowBlock } from '#lib/score/pages/page.ts'
import { declarationOf } from '#lib/score/signature-text.ts'

const UNDECLARED = 'nothing of this name is declared in the code'
const PARAMETER = /^param(?:eter)?s?$/i
const DEFAULT = /^default(?: value)?$/i
/** How a table says that there is no default. */
const NO_DEFAULT = /^(?:[-–—]*|none|null|nil|undefined|required|n\/a)$/i

/**
 * Signatures and rows of parameters below a heading in code that names no symbol, and rows the facts hold nothing against,
 * although what they name stands nowhere in the symbol. Not for the Doc Score, whose pages may speak of what others declare;
 * here only what the built-in page does not say counts.
 */
export async function straySignatures({ pages, ground }: Context): Promise<Finding> {
  const misses = (await Promise.all(pages.map((page) => strayOf(page, ground)))).flat()
  return shareFinding(misses.length, misses)
}

async function strayOf({ file, blocks }: DocPage, ground: Ground): Promise<ScoreMiss[]> {
  const misses: ScoreMiss[] = []
  let name: string | null = null
  let symbols: readonly SymbolFact[] = []
  for (const [at, block] of blocks.entries()) {
    if (block.kind === 'heading') {
      name = nameIn(block)
      symbols = name === null ? [] : symbolsNamed(name, ground)
    }
    if (name === null) continue
    const isParameter = block.kind === 'row' && cellOf(block, PARAMETER) !== null
    const isSignature =
      block.kind === 'fence' && blocks[at - 1]?.kind === 'heading' && declarationOf(block.code, name) !== null
    if (symbols.length === 0 && (isSignature || isParameter))
      misses.push({ page: file, line: block.line, claim: name, found: UNDECLARED })
    if (symbols.length === 0 || !isParameter) continue
    const claim = await missingIn(block, symbols, ground)
    if (claim) misses.push({ page: file, line: block.line, claim, found: `it stands nowhere in ${name}` })
  }
  return misses
}

/** The name a heading in code gives; null for any other heading. */
function nameIn({ inlines }: Exclude<Block, { kind: 'fence' }>): string | null {
  const name = plainText(inlines).replace(/\(.*\)$/, '')
  const isCode = inlines.length > 0 && inlines.every((inline) => inline.isCode)
  return isCode && /^[\w$.:#]+$/.test(name) ? name : null
}

function symbolsNamed(name: string, { symbols }: Ground): readonly SymbolFact[] {
  return symbols.get(name) ?? symbols.get(name.replaceAll(/::|#/g, '.')) ?? []
}

/** The claim of a row whose parameter, or a default the facts do not know, stands in none of the symbols; else null. */
async function missingIn(row: RowBlock, symbols: readonly SymbolFact[], ground: Ground): Promise<string | null> {
  const name = (cellOf(row, PARAMETER) ?? '').replace(/^[.*]+|\?$/g, '')
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return null
  const whole = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`)
  const known = symbols.flatMap(({ params }) => params.filter((param) => whole.test(param.name)))
  const given = cellOf(row, DEFAULT) ?? ''
  // Of several symbols of one name each may have another default; one alone is what the Doc Score holds a row against.
  const isTold = known.some((param) => param.default !== null && folded(param.default) === folded(given))
  const isOpen =
    !NO_DEFAULT.test(given) && !isTold && (symbols.length > 1 || known.every((param) => param.default === null))
  if (known.length > 0 && !isOpen) return null
  const texts = await Promise.all(symbols.map((symbol) => textOf(symbol, ground)))
  if (texts.includes(null)) return null
  const text = texts.join('\n')
  if (known.length === 0 && !whole.test(text)) return `parameter ${name}`
  return isOpen && !folded(text).includes(folded(given)) ? `parameter ${name} ${given}` : null
}

async function textOf({ range }: SymbolFact, ground: Ground): Promise<string | null> {
  const lines = await ground.linesOf(range.path)
  return lines?.slice(range.start - 1, range.end).join('\n') ?? null
}

/** Without white space and kinds of quotes. */
function folded(text: string): string {
  return text.replace(/\s+/g, '').replace(/["`]/g, "'")
}

function cellOf(row: RowBlock, title: RegExp): string | null {
  const at = row.header.findIndex((each) => title.test(each.trim()))
  return at === -1 ? null : plainText(row.cells[at] ?? []).trim()
}
