import type { Command } from 'commander'
import type { ApiClient } from '#lib/api-client.ts'
import type { VariantRow } from '#lib/domain/variant.ts'
import { DocsfyError } from '#lib/errors.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const LISTED = 5

/** What tells the variants of a name apart. */
export interface VariantFlags {
  branch?: string
  provider?: string
  model?: string
  owner?: string
}

/** The argument of a command that works on existing documentation. */
export const TARGET_ARGUMENT = '<NAME|UUID>'
export const TARGET_HELP = 'name of the project, or generation ID of one variant'

/** Adds `-b`, `--provider`, `-m` and `--owner`. `-p` means the provider here, as in earlier versions. */
export function withVariantFlags(command: Command): Command {
  return command
    .option('-b, --branch <BRANCH>', 'only the variant of this branch')
    .option('-p, --provider <ID>', 'only the variant of this provider')
    .option('-m, --model <ID>', 'only the variant of this model')
    .option('--owner <NAME>', 'whose documentation, when several people have some of this name')
}

export function isGenerationId(target: string): boolean {
  return UUID.test(target)
}

/** Whether flags choose among the variants of a name; `--owner` chooses among people only. */
export function choosesVariant({ branch, provider, model }: VariantFlags): boolean {
  return branch !== undefined || provider !== undefined || model !== undefined
}

/** The variants that a name or generation ID and the flags mean; at least one. Throws `not_found` or an ApiError. */
export async function findVariants(api: ApiClient, target: string, flags: VariantFlags): Promise<VariantRow[]> {
  const rows = isGenerationId(target)
    ? [await api.variantById(target)]
    : (await api.project({ name: target, owner: flags.owner })).variants
  const matching = rows.filter((row) => matches(row, flags))
  if (matching.length > 0) return matching
  throw new DocsfyError('not_found', `"${target}" has no variant with ${described(flags)}: it has ${listed(rows)}`)
}

/** The only one of these variants. Throws `conflict` that names them. */
export function onlyVariant(target: string, rows: VariantRow[]): VariantRow {
  const [row, another] = rows
  if (row && !another) return row
  throw new DocsfyError(
    'conflict',
    `"${target}" has ${rows.length} such variants, say which with --branch, --provider and --model or by generation ID: ${listed(rows)}`,
  )
}

/** The one variant that a name or generation ID and the flags mean. Throws as `findVariants` and `onlyVariant`. */
export async function findVariant(api: ApiClient, target: string, flags: VariantFlags): Promise<VariantRow> {
  return onlyVariant(target, await findVariants(api, target, flags))
}

/** `name/branch/provider/model`, for people. */
export function variantName({
  name,
  branch,
  ai_provider,
  ai_model,
}: Pick<VariantRow, 'name' | 'branch' | 'ai_provider' | 'ai_model'>): string {
  return `${name}/${branch}/${ai_provider}/${ai_model}`
}

function matches(row: VariantRow, { branch, provider, model, owner }: VariantFlags): boolean {
  return (
    (branch === undefined || row.branch === branch) &&
    (provider === undefined || row.ai_provider === provider) &&
    (model === undefined || row.ai_model === model) &&
    (owner === undefined || row.owner === owner)
  )
}

function described({ branch, provider, model, owner }: VariantFlags): string {
  return Object.entries({ branch, provider, model, owner })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} "${value}"`]))
    .join(', ')
}

function listed(rows: VariantRow[]): string {
  const shown = rows.slice(0, LISTED).map((row) => `${row.branch}/${row.ai_provider}/${row.ai_model} (${row.owner})`)
  return [...shown, ...(rows.length > LISTED ? [`${rows.length - LISTED} more`] : [])].join(', ')
}
