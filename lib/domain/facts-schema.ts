import { z } from 'zod'
import { type Facts, FILE_ROLES, SYMBOL_KINDS } from './facts.ts'
import { REPO_TYPES } from './kinds.ts'

const line = z.number().int()
const text = z.string()
const maybe = text.nullable()
const range = z.object({ path: text, start: line, end: line })
const quoted = z.object({ text, range })
const places = z.array(range)
const counts = z.array(z.number().int())

const parameter = z.object({ name: text, type: maybe, default: maybe, optional: z.boolean(), doc: maybe })

const docComment = z.object({
  summary: text,
  body: text,
  bodyLines: z.array(z.tuple([line, line])).optional(),
  params: z.record(text, text),
  returns: maybe,
  raises: z.array(text),
  examples: z.array(text),
  deprecated: maybe,
  range,
})

const file = z.object({
  path: text,
  oid: text,
  bytes: z.number().int(),
  lines: line,
  language: maybe,
  role: z.enum(FILE_ROLES),
  header: quoted.nullable(),
  skipped: maybe,
})

const symbol = z.object({
  id: text,
  name: text,
  qualified: text,
  kind: z.enum(SYMBOL_KINDS),
  public: z.boolean(),
  signature: text,
  params: z.array(parameter),
  returns: maybe,
  parent: maybe,
  doc: docComment.nullable(),
  range,
  declaration: range,
  hash: text,
})

const column = z.object({
  name: text,
  type: maybe,
  nullable: z.boolean(),
  default: maybe,
  key: z.boolean(),
  unique: z.boolean(),
  references: z.object({ table: text, column: maybe }).nullable(),
  help: maybe,
  range,
})

const interfaces = {
  entryPoints: z.array(
    z.object({ kind: z.enum(['binary', 'main', 'export', 'server']), name: text, path: maybe, range }),
  ),
  scripts: z.array(
    z.object({ name: text, command: text, runner: text, invocation: text, help: maybe, range, usedIn: places }),
  ),
  dependencies: z.array(
    z.object({
      name: text,
      range: text,
      kind: z.enum(['runtime', 'development', 'optional', 'peer', 'build']),
      source: range,
    }),
  ),
  flags: z.array(
    z.object({
      name: text,
      aliases: z.array(text),
      command: maybe,
      type: maybe,
      default: maybe,
      help: maybe,
      range,
      usedIn: places,
    }),
  ),
  commands: z.array(z.object({ name: text, aliases: z.array(text), help: maybe, range })),
  environment: z.array(z.object({ name: text, default: maybe, help: maybe, ranges: places })),
  routes: z.array(z.object({ method: text, path: text, handler: maybe, range, usedIn: places })),
  dataModels: z.array(
    z.object({
      name: text,
      symbol: maybe,
      source: text,
      help: maybe,
      columns: z.array(column),
      relations: z.array(z.object({ name: text, table: text, many: z.boolean() })),
      range,
      usedIn: places,
    }),
  ),
  configurationKeys: z.array(
    z.object({ name: text, type: maybe, default: maybe, help: maybe, owner: text, range, usedIn: places }),
  ),
}

const module = z.object({
  path: text,
  files: z.array(text),
  summary: quoted.nullable(),
  imports: z.array(z.object({ module: text, count: z.number().int(), example: range })),
  importedBy: z.array(text),
  rank: z.number(),
})

const section = z.object({ heading: text, level: z.number().int(), text, range, textStart: line })

/** The shape of all facts: what `docsfy facts --json` prints. `lib/domain/facts.ts` says what each field means. */
export const factsSchema = z.object({
  format: z.literal(1),
  name: text,
  description: quoted.nullable(),
  commit: text,
  committedAt: text,
  repoType: z.enum(REPO_TYPES),
  repoTypeReasons: z.array(text),
  license: z.object({ name: text, range }).nullable(),
  languages: z.array(z.object({ language: text, files: z.number().int(), bytes: z.number().int() })),
  manifests: z.array(
    z.object({
      path: text,
      kind: z.enum([
        'npm',
        'pypi',
        'go',
        'cargo',
        'maven',
        'gradle',
        'nuget',
        'gem',
        'composer',
        'hex',
        'swift',
        'cmake',
        'other',
      ]),
      name: maybe,
      version: maybe,
      description: maybe,
      descriptionAt: range.optional(),
      license: maybe,
    }),
  ),
  workspaces: z.array(
    z.object({
      kind: z.enum(['npm', 'pnpm', 'cargo', 'uv', 'poetry', 'go', 'maven', 'gradle']),
      path: text,
      packages: z.array(text),
    }),
  ),
  topics: z.array(text),
  files: z.array(file),
  modules: z.array(module),
  symbols: z.array(symbol),
  imports: z.array(z.object({ from: text, to: maybe, specifier: text, names: z.array(text), range })),
  references: z.object({
    file: counts,
    symbol: counts,
    line: counts,
    target: counts,
    kind: counts,
    exact: counts,
  }),
  offered: z.array(z.object({ from: text, name: text, entry: text, symbol: text })),
  ...interfaces,
  documents: z.array(
    z.object({ path: text, title: maybe, sections: z.array(section), place: z.number().int().optional() }),
  ),
  tests: z.array(z.object({ path: text, framework: maybe, cases: z.array(text), touches: z.array(text) })),
  examples: z.array(
    z.object({ kind: z.enum(['document', 'doctest', 'file']), language: maybe, range, touches: z.array(text) }),
  ),
  fileRank: z.record(text, z.number()),
  shape: z.object({ fileLayer: counts, fileCommunity: counts, symbolRank: z.array(z.number()) }),
  limits: z.array(text),
}) satisfies z.ZodType<Facts>
