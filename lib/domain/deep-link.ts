import { fromSegment } from '#lib/domain/ref-name.ts'
import { type VariantIdentity, type VariantRow, variantPath } from '#lib/domain/variant.ts'

/** Where the dashboard shows a variant; stable, and the same for everybody who may see it. */
export function variantHref(identity: VariantIdentity): string {
  return `/v/${variantPath(identity)}?owner=${encodeURIComponent(identity.owner)}`
}

/** Where the documentation of a variant is read. */
export function docsHref(identity: VariantIdentity, viewer: string): string {
  const owner = identity.owner === viewer ? '' : `?owner=${encodeURIComponent(identity.owner)}`
  return `/docs/${variantPath(identity)}/${owner}`
}

/** What an address of the dashboard names; `owner` is null in a link without one. */
export interface LinkedVariant extends Omit<VariantIdentity, 'owner'> {
  owner: string | null
}

/** Reads `/v/<name>/<branch>/<provider>/<model>`; null for any other path. */
export function parseVariantPath(pathname: string, owner: string | null): LinkedVariant | null {
  const [root, ...segments] = pathname.split('/').filter(Boolean)
  const [name, branch, provider, model] = segments.map(decodeSegment)
  if (root !== 'v' || segments.length !== 4 || !name || !branch || !provider || !model) return null
  return { owner, name, branch: fromSegment(branch), provider, model: fromSegment(model) }
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return ''
  }
}

/** The row a link means: of the owner it names; else the viewer's own; else the only one there is. */
export function linkedRow(rows: readonly VariantRow[], link: LinkedVariant, viewer: string): VariantRow | null {
  const same = rows.filter(
    (row) =>
      row.name === link.name &&
      row.branch === link.branch &&
      row.ai_provider === link.provider &&
      row.ai_model === link.model,
  )
  if (link.owner !== null) return same.find((row) => row.owner === link.owner) ?? null
  return same.find((row) => row.owner === viewer) ?? (same.length === 1 ? (same[0] ?? null) : null)
}

/** The path to return to after login. Anything that could lead to another site becomes the start page. */
export function safeReturnPath(next: string | null | undefined): string {
  if (!next?.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/'
  for (const char of next) if (char <= ' ' || char === '\u007f') return '/'
  return next.startsWith('/login') ? '/' : next
}
