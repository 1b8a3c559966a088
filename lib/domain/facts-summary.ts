import * as z from 'zod/mini'
import type { Facts } from '#lib/domain/facts.ts'

const maybe = z.nullable(z.string())

/** What a run knew about the outside of a repository: enough to tell later what changed, small enough to be kept. */
export const factsSummarySchema = z.object({
  format: z.literal(1),
  commit: z.string(),
  /** Public names of source files: id, signature (at most 300 characters), and the parameters that have defaults. */
  api: z.array(z.tuple([z.string(), z.string(), z.array(z.tuple([z.string(), z.string()]))])),
  /** `GET /users`, with the file. */
  routes: z.array(z.tuple([z.string(), z.string()])),
  /** Command and name, default, file. */
  flags: z.array(z.tuple([z.string(), maybe, z.string()])),
  /** Name, default, file. */
  environment: z.array(z.tuple([z.string(), maybe, z.string()])),
  /** How many of all these were left out. */
  left_out: z.int(),
})
export type FactsSummary = z.infer<typeof factsSummarySchema>

const MOST_NAMES = 20_000
const MOST_OTHERS = 5000
const MOST_TEXT_CHARS = 300
/** Of the whole summary as JSON: what a repository declares is a stranger's choice. */
const MOST_BYTES = 2_000_000

/** The summary of facts, at most 2 MB as JSON. The short lists are served first, so that the names cannot crowd them out. */
export function summarizeFacts(facts: Facts): FactsSummary {
  const sources = new Set(facts.files.filter(({ role }) => role === 'source').map(({ path }) => path))
  const names = facts.symbols.filter((symbol) => symbol.public && sources.has(symbol.range.path))
  const { take, leftOut } = packing(MOST_BYTES)
  const routes = take(facts.routes, MOST_OTHERS, ({ method, path, range }) => [`${method} ${path}`, range.path])
  const flags = take(facts.flags, MOST_OTHERS, ({ command, name, default: value, range }) => [
    command === null ? name : `${command} ${name}`,
    value === null ? null : short(value),
    range.path,
  ])
  const environment = take(facts.environment, MOST_OTHERS, ({ name, default: value, ranges }) => [
    name,
    value === null ? null : short(value),
    ranges[0]?.path ?? '',
  ])
  const api = take(names, MOST_NAMES, ({ id, signature, params }) => [id, short(signature), defaultsOf(params)])
  return { format: 1, commit: facts.commit, api, routes, flags, environment, left_out: leftOut() }
}

type Row = [string, ...unknown[]]

const BRACKETS = '[]'.length

/** Takes rows as long as they fit, and counts the others. */
function packing(mostBytes: number) {
  const encoder = new TextEncoder()
  let bytes = mostBytes
  let leftOut = 0

  function take<One, Kept extends Row>(all: One[], most: number, rowOf: (one: One) => Kept): Kept[] {
    const rows = all.slice(0, most).map(rowOf)
    const whole = encoder.encode(JSON.stringify(rows)).length - BRACKETS + 1
    if (rows.length === 0 || whole <= bytes) {
      bytes -= rows.length === 0 ? 0 : whole
      leftOut += all.length - rows.length
      return rows
    }
    const kept: Kept[] = []
    for (const row of rows) {
      const needed = encoder.encode(`${JSON.stringify(row)},`).length
      if (needed > bytes) break
      bytes -= needed
      kept.push(row)
    }
    leftOut += all.length - kept.length
    return kept
  }

  return { take, leftOut: () => leftOut }
}

function defaultsOf(params: Facts['symbols'][number]['params']): [string, string][] {
  return params.flatMap(({ name, default: value }) =>
    value === null ? [] : [[name, short(value)] satisfies [string, string]],
  )
}

function short(text: string): string {
  return text.length > MOST_TEXT_CHARS ? `${text.slice(0, MOST_TEXT_CHARS - 1)}…` : text
}
