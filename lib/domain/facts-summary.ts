import * as z from 'zod/mini'
import type { Facts } from '#lib/domain/facts.ts'

const maybe = z.nullable(z.string())

/** What a run knew about the outside of a repository: enough to tell later what changed, small enough to be kept. */
export const factsSummarySchema = z.object({
  format: z.literal(1),
  commit: z.string(),
  /** Public names of source files: id, signature, and the parameters that have defaults. */
  api: z.array(z.tuple([z.string(), z.string(), z.array(z.tuple([z.string(), z.string()]))])),
  /** `GET /users`, with the file. */
  routes: z.array(z.tuple([z.string(), z.string()])),
  /** Command and name, default, file. */
  flags: z.array(z.tuple([z.string(), maybe, z.string()])),
  /** Name, default, file. */
  environment: z.array(z.tuple([z.string(), maybe, z.string()])),
  /** How many public names were left out. */
  left_out: z.int(),
})
export type FactsSummary = z.infer<typeof factsSummarySchema>

const MOST_NAMES = 20_000

export function summarizeFacts(facts: Facts): FactsSummary {
  const sources = new Set(facts.files.filter(({ role }) => role === 'source').map(({ path }) => path))
  const names = facts.symbols.filter((symbol) => symbol.public && sources.has(symbol.range.path))
  return {
    format: 1,
    commit: facts.commit,
    api: names
      .slice(0, MOST_NAMES)
      .map(({ id, signature, params }) => [
        id,
        signature,
        params.flatMap(({ name, default: value }) =>
          value === null ? [] : [[name, value] satisfies [string, string]],
        ),
      ]),
    routes: facts.routes.map(({ method, path, range }) => [`${method} ${path}`, range.path]),
    flags: facts.flags.map(({ command, name, default: value, range }) => [
      command === null ? name : `${command} ${name}`,
      value,
      range.path,
    ]),
    environment: facts.environment.map(({ name, default: value, ranges }) => [name, value, ranges[0]?.path ?? '']),
    left_out: Math.max(0, names.length - MOST_NAMES),
  }
}
