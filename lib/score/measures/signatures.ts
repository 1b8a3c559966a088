import type { ParameterFact, SymbolFact } from '#lib/domain/facts.ts'
import type { Context } from '#lib/score/context.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import type { Ground } from '#lib/score/ground.ts'
import { type DocPage, type FenceBlock, plainText, type RowBlock } from '#lib/score/pages/page.ts'
import { declarationOf, declarationsIn, foldedType, sameSignature } from '#lib/score/signature-text.ts'

type Miss = Omit<ScoreMiss, 'page'>

/**
 * Signatures and parameter tables below a heading that names a symbol, held against the code: the declaration as a
 * whole, or the names, types and defaults of the parameters that the page gives.
 */
export function measureSignatures({ pages, ground }: Context): Finding {
  let checked = 0
  const misses: ScoreMiss[] = []
  for (const page of pages) {
    for (const verdict of verdictsOf(page, ground)) {
      checked += 1
      if (verdict) misses.push({ page: page.file, ...verdict })
    }
  }
  return shareFinding(checked, misses)
}

/** One entry per signature and per row of a parameter table: null when it agrees. */
function verdictsOf({ blocks }: DocPage, ground: Ground): (Miss | null)[] {
  const verdicts: (Miss | null)[] = []
  let symbols: SymbolFact[] = []
  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'heading') symbols = symbolsNamed(plainText(block.inlines), ground)
    if (symbols.length === 0) continue
    if (block.kind === 'row') verdicts.push(...judgeRow(block, symbols))
    if (block.kind === 'fence' && blocks[index - 1]?.kind === 'heading') verdicts.push(...judgeFence(block, symbols))
  }
  return verdicts
}

function judgeFence({ code, line }: FenceBlock, symbols: SymbolFact[]): (Miss | null)[] {
  return declarationsIn(code).flatMap((declaration) => {
    const verdict = judgeDeclaration(declaration, symbols)
    return verdict === undefined ? [] : [verdict && { line, ...verdict }]
  })
}

function symbolsNamed(heading: string, { symbols }: Ground): SymbolFact[] {
  const name = heading
    .trim()
    .replace(/^(?:class|function|method|def|interface|type|enum|const)\s+/i, '')
    .replace(/\(.*\)$/, '')
  return symbols.get(name) ?? symbols.get(name.replaceAll(/::|#/g, '.')) ?? []
}

/** Undefined when the code is no declaration of the symbol. */
function judgeDeclaration(code: string, symbols: SymbolFact[]): Omit<Miss, 'line'> | null | undefined {
  const [first] = symbols
  const declared = first && declarationOf(code, first.name)
  if (!first || !declared) return undefined
  if (symbols.some(({ signature }) => sameSignature(declared, signature))) return null
  return { claim: oneLine(declared), found: oneLine(first.signature) }
}

/** One entry for a row that is about a parameter; none for any other. */
function judgeRow(row: RowBlock, symbols: SymbolFact[]): (Miss | null)[] {
  const name = cellOf(row, /^(?:param(?:eter)?s?|arg(?:ument)?s?)$/i).replace(/^[.*]+|\?$/g, '')
  const callable = symbols.filter(({ params }) => params.length > 0)
  if (!/^[A-Za-z_$][\w$]*$/.test(name) || callable.length === 0) return []
  const whole = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`)
  const known = callable.flatMap(({ params }) => params.filter((param) => whole.test(param.name)))
  const claim = `parameter ${name}`
  if (known.length === 0) {
    const [first] = callable
    const names = first?.params.map((param) => param.name).join(', ')
    return [{ line: row.line, claim, found: `${first?.qualified} takes ${names}` }]
  }
  const type = cellOf(row, /^type$/i)
  const value = cellOf(row, /^default(?: value)?$/i)
  const verdicts = known.map((param) => difference(param, { name, type, value }))
  const [found] = verdicts
  if (verdicts.includes(null) || !found) return [null]
  return [{ line: row.line, claim: [claim, type, value].filter(Boolean).join(' '), found }]
}

/** What the code says of a parameter instead; null when it agrees with all that the page gives. */
function difference(param: ParameterFact, given: { name: string; type: string; value: string }): string | null {
  const { name, type, value } = given
  if (type && param.type && param.name === name && foldedType(type) !== foldedType(param.type))
    return `type ${param.type}`
  const isGiven = value !== '' && value !== '-' && param.default !== null
  return isGiven && foldedType(value) !== foldedType(param.default ?? '') ? `default ${param.default}` : null
}

function cellOf(row: RowBlock, title: RegExp): string {
  const at = row.header.findIndex((each) => title.test(each.trim()))
  return at === -1 ? '' : plainText(row.cells[at] ?? []).trim()
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 200)
}
