import { hash } from 'node:crypto'
import * as z from 'zod/mini'
import { type Claim, claimsOf } from '#lib/score/claims.ts'

const KINDS = ['link', 'code', 'heading'] as const

const memorySchema = z.object({
  /** Raised when claims of the same Markdown are read in another way. */
  format: z.literal(1),
  /** Pages by slug: hash of their Markdown, and its claims. */
  pages: z.record(z.string(), z.object({ hash: z.string(), claims: z.array(z.tuple([z.int(), z.int(), z.string()])) })),
  /** Lines of files, by Git id. */
  lines: z.record(z.string(), z.int()),
  /** Words, each with the Git id of a file that has it. */
  words: z.record(z.string(), z.string()),
})
type Stored = z.infer<typeof memorySchema>

/**
 * What the last check of the pages of a variant found out about contents that cannot change: claims of a text, lines and
 * words of a file by its Git id. Nothing that depends on the commit is remembered.
 */
export class CheckMemory {
  private readonly before: Stored
  private readonly now: Stored = nothing()

  /** `json` as `toJson` gave it; anything else is as nothing. */
  constructor(json: string | null = null) {
    this.before = parsed(json) ?? nothing()
  }

  claimsOf(slug: string, markdown: string): Claim[] {
    const key = hash('sha256', markdown).slice(0, 32)
    const known = own(this.before.pages, slug)
    const claims = known?.hash === key ? known.claims.flatMap(claimFrom) : claimsOf(markdown)
    this.now.pages[slug] = {
      hash: key,
      claims: claims.map(({ kind, line, text }) => [KINDS.indexOf(kind), line, text]),
    }
    return claims
  }

  linesOf(oid: string): number | null {
    const lines = own(this.before.lines, oid) ?? own(this.now.lines, oid) ?? null
    if (lines !== null) this.now.lines[oid] = lines
    return lines
  }

  keepLines(oid: string, lines: number): void {
    this.now.lines[oid] = lines
  }

  /** Git id of a file that had the word; null when none is known. */
  fileWith(word: string): string | null {
    return own(this.before.words, word) ?? null
  }

  keepWord(word: string, oid: string): void {
    this.now.words[word] = oid
  }

  toJson(): string {
    return JSON.stringify(this.now)
  }
}

/** Words may be names such as `__proto__`: the records have none of their own. */
function nothing(): Stored {
  return { format: 1, pages: Object.create(null), lines: Object.create(null), words: Object.create(null) }
}

function claimFrom([kind, line, text]: [number, number, string]): Claim[] {
  const name = KINDS[kind]
  return name ? [{ kind: name, line, text }] : []
}

/** Names of a repository may be those of every object. */
function own<Value>(record: Record<string, Value>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function parsed(json: string | null): Stored | null {
  try {
    return memorySchema.safeParse(JSON.parse(json ?? 'null')).data ?? null
  } catch {
    return null
  }
}
