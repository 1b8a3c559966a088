import { and, desc, eq, getTableColumns, inArray, or, type SQL, sql } from 'drizzle-orm'
import { reader, write } from '#db/client.ts'
import { grants, projects, variants } from '#db/schema.ts'
import type { VariantIdentity } from '#lib/domain/variant.ts'

const projectColumns = {
  owner: projects.owner,
  name: projects.name,
  canonicalUrl: projects.canonicalUrl,
  kind: projects.kind,
}
const columns = { ...getTableColumns(variants), ...projectColumns }

/** A variant together with the project it belongs to. */
export type StoredVariant = typeof variants.$inferSelect & {
  owner: string
  name: string
  canonicalUrl: string
  kind: 'url' | 'local'
}

/** Whose variants: everybody's, or what this user owns or was granted. */
export type Visibility = 'all' | { username: string }

/** All visible variants, by name, newest first. `planJson` is filled for generating ones only. */
export async function listVariants(visibility: Visibility): Promise<StoredVariant[]> {
  const rows = await reader()
    .select({ packed: packedColumns })
    .from(variants)
    .innerJoin(projects, eq(projects.id, variants.projectId))
    .where(visible(visibility))
    .orderBy(projects.name, projects.owner, desc(variants.createdAt), variants.id)
  return rows.map(({ packed }) => unpack(packed))
}

/** The columns of a row as one JSON array: for many wide rows, naming each column costs the client most of the time. */
const packedColumns = sql<string>`json_array(${sql.join(
  Object.entries(columns).map(([name, column]) =>
    name === 'planJson' ? sql`case when ${variants.status} = 'generating' then ${column} end` : sql`${column}`,
  ),
  sql`, `,
)})`

function unpack(packed: string): StoredVariant {
  const values: unknown[] = JSON.parse(packed)
  const entries = Object.entries(columns).map(([name, column], index) => {
    const value = values[index] ?? null
    return [name, value === null ? null : column.mapFromDriverValue(value)]
  })
  // The entries are those of `columns`, in its order, because packedColumns is made from it.
  return Object.fromEntries(entries) as StoredVariant
}

export async function findVariantById(id: string): Promise<StoredVariant | null> {
  const [row] = await select(eq(variants.id, id))
  return row ?? null
}

/** All projects of an owner: their names, and which repository each is of. */
export function listProjectsOf(owner: string): Promise<{ id: string; name: string; canonicalUrl: string }[]> {
  const { id, name, canonicalUrl } = projects
  return reader().select({ id, name, canonicalUrl }).from(projects).where(eq(projects.owner, owner))
}

/** Every owner's variant of this identity. */
export function findVariants(identity: Omit<VariantIdentity, 'owner'>): Promise<StoredVariant[]> {
  const { name, branch, provider, model } = identity
  return select(
    eq(projects.name, name),
    eq(variants.branch, branch),
    eq(variants.provider, provider),
    eq(variants.model, model),
  )
}

/** Every owner's variants of the projects of this name, newest first. */
export function findVariantsNamed(name: string): Promise<StoredVariant[]> {
  return select(eq(projects.name, name))
}

/** Every variant of one project, newest first. */
export function findVariantsOfProject(projectId: string): Promise<StoredVariant[]> {
  return select(eq(variants.projectId, projectId))
}

/** Every variant of one owner. */
export function findVariantsOwnedBy(owner: string): Promise<StoredVariant[]> {
  return select(eq(projects.owner, owner))
}

export function allVariants(): Promise<StoredVariant[]> {
  return select()
}

/** Stores the number of pages that were found on disk. */
export async function setPageCount(id: string, pageCount: number): Promise<void> {
  await write((tx) => tx.update(variants).set({ pageCount }).where(eq(variants.id, id)))
}

/** Sum of what the visible variants have cost, and how many calls of unknown price are not in it. */
export async function visibleCost(visibility: Visibility): Promise<{ total_cost_usd: number; unpriced_calls: number }> {
  const [row] = await reader()
    .select({
      total_cost_usd: sql<number>`coalesce(sum(${variants.totalCostUsd}), 0)`,
      unpriced_calls: sql<number>`coalesce(sum(${variants.unpricedCalls}), 0)`,
    })
    .from(variants)
    .innerJoin(projects, eq(projects.id, variants.projectId))
    .where(visible(visibility))
  return row ?? { total_cost_usd: 0, unpriced_calls: 0 }
}

/** Whether there is any variant. */
export async function anyVariant(): Promise<boolean> {
  const found = await reader().select({ id: variants.id }).from(variants).limit(1)
  return found.length > 0
}

/**
 * Removes variants that are not generating, and projects that have none left. All or nothing: `running` when one of
 * them is generating.
 */
export function deleteVariants(ids: string[]): Promise<'deleted' | 'running'> {
  return write(async (tx) => {
    const found = await tx
      .select({ status: variants.status, projectId: variants.projectId })
      .from(variants)
      .where(inArray(variants.id, ids))
    if (found.some((variant) => variant.status === 'generating')) return 'running'
    await tx.delete(variants).where(inArray(variants.id, ids))
    for (const projectId of new Set(found.map((variant) => variant.projectId)))
      await tx
        .delete(projects)
        .where(
          and(
            eq(projects.id, projectId),
            sql`not exists (select 1 from ${variants} where ${variants.projectId} = ${projectId})`,
          ),
        )
    return 'deleted'
  })
}

function select(...conditions: SQL[]): Promise<StoredVariant[]> {
  return reader()
    .select(columns)
    .from(variants)
    .innerJoin(projects, eq(projects.id, variants.projectId))
    .where(and(...conditions))
    .orderBy(desc(variants.createdAt), variants.id)
}

function visible(visibility: Visibility): SQL | undefined {
  if (visibility === 'all') return undefined
  const granted = reader().select({ id: grants.projectId }).from(grants).where(eq(grants.username, visibility.username))
  return or(eq(projects.owner, visibility.username), inArray(projects.id, granted))
}
