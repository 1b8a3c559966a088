import type { DocComment, ParameterFact, SourceRange, SymbolFact, SymbolKind } from '#lib/domain/facts.ts'
import type { SourceText } from './source-text.ts'

export interface SymbolDraft {
  name: string
  kind: SymbolKind
  public: boolean
  signature: string
  range: SourceRange
  declaration: SourceRange
  params?: ParameterFact[]
  returns?: string | null
  parent?: SymbolFact | null
  /** Names in front of the symbol when its parent is not a symbol of this file, `Namespace` or `Type`. */
  prefix?: string | null
  /** Between the name and its prefix; a full stop unless the language writes something else. */
  separator?: string
  doc?: DocComment | null
}

/** The symbols of one file in the order they are found; gives each its unique id. */
export class SymbolList {
  readonly all: SymbolFact[] = []
  private readonly source: SourceText
  private readonly occurrences = new Map<string, number>()
  private readonly first = new Map<string, SymbolFact>()

  constructor(source: SourceText) {
    this.source = source
  }

  add(draft: SymbolDraft): SymbolFact {
    const { name, kind, signature, range, declaration, parent = null, doc = null, returns = null } = draft
    const prefix = parent?.qualified ?? draft.prefix
    const qualified = prefix ? `${prefix}${draft.separator ?? '.'}${name}` : name
    const count = (this.occurrences.get(qualified) ?? 0) + 1
    this.occurrences.set(qualified, count)
    const symbol: SymbolFact = {
      id: `${this.source.path}#${qualified}${count > 1 ? `~${count}` : ''}`,
      name,
      qualified,
      kind,
      public: draft.public,
      signature: signature.slice(0, MAX_SIGNATURE),
      params: (draft.params ?? []).map((param) => ({ ...param, doc: docOf(param, doc) ?? param.doc })),
      returns,
      parent: parent?.id ?? null,
      doc,
      range,
      declaration,
      hash: this.source.hash(range),
    }
    this.all.push(symbol)
    if (count === 1) this.first.set(qualified, symbol)
    return symbol
  }

  find(qualified: string): SymbolFact | undefined {
    return this.first.get(qualified)
  }
}

const MAX_SIGNATURE = 2_000

function docOf(param: ParameterFact, doc: DocComment | null): string | null {
  const name = param.name.replace(/^(?:\.{3}(?=.)|\*{1,2}|[$&])/, '')
  const params = doc?.params
  return params && Object.hasOwn(params, name) ? (params[name] ?? null) : null
}
