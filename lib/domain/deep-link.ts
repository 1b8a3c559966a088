import { fromSegment } from '#lib/domain/ref-name.ts'
import { type VariantIdentity, type VariantRow, variantPath } from '#lib/domain/variant.ts'

/** A place inside a variant: an earlier run, a page of it. */
export interface VariantDetailPlace {
  run?: string | null
  page?: string | null
  /** Two runs to compare. */
  compared?: { from: string; to: string } | null
}

/** Where the dashboard shows a variant; stable, and the same for everybody who may see it. */
export function variantHref(identity: VariantIdentity, { run, page, compared }: VariantDetailPlace = {}): string {
  const query = new URLSearchParams({ owner: identity.owner })
  if (run) query.set('run', run)
  if (page) query.set('page', page)
  if (compared) for (const [name, id] of Object.entries(compared)) query.set(name, id)
  return `/v/${variantPath(identity)}?${query}`
}

/** Where the dashboard shows a project; with two generation ids, those variants side by side. */
export function projectHref(project: { name: string; owner: string }, compared: readonly string[] = []): string {
  const query = new URLSearchParams({ owner: project.owner })
  for (const id of compared) query.append('compare', id)
  return `/p/${encodeURIComponent(project.name)}?${query}`
}

export const ADMIN_SCREENS = ['users', 'access', 'queue', 'cost', 'settings'] as const
export type AdminScreen = (typeof ADMIN_SCREENS)[number]

export function adminHref(screen: AdminScreen): string {
  return `/admin/${screen}`
}

/** Where somebody keeps the tokens of private repositories. */
export const CREDENTIALS_HREF = '/credentials'

/** Where somebody sees what their runs have spent. */
export const COST_HREF = '/cost'

/** Where the documentation of a variant is read; with a slug, one page of it. */
export function docsHref(identity: VariantIdentity, viewer: string, slug?: string): string {
  const owner = identity.owner === viewer ? '' : `?owner=${encodeURIComponent(identity.owner)}`
  return `/docs/${variantPath(identity)}/${slug ? `${slug}.html` : ''}${owner}`
}

/** What an address of the dashboard leads to. */
export type Place =
  | { kind: 'overview' }
  | {
      kind: 'variant'
      link: LinkedVariant
      run: string | null
      page: string | null
      compared: { from: string; to: string } | null
    }
  | { kind: 'project'; name: string; owner: string | null; compared: string[] }
  | { kind: 'admin'; screen: AdminScreen }
  | { kind: 'credentials' }
  | { kind: 'cost' }

/** Reads an address of the dashboard; null for one that is none. */
export function parsePlace(pathname: string, query: URLSearchParams): Place | null {
  const [root, ...segments] = pathname.split('/').filter(Boolean).map(decodeSegment)
  if (root === undefined) return { kind: 'overview' }
  const link = parseVariantPath(pathname, query.get('owner'))
  if (link)
    return { kind: 'variant', link, run: query.get('run'), page: query.get('page'), compared: comparedRuns(query) }
  if (pathname === CREDENTIALS_HREF) return { kind: 'credentials' }
  if (pathname === COST_HREF) return { kind: 'cost' }
  const [segment] = segments
  if (!segment || segments.length !== 1) return null
  const screen = ADMIN_SCREENS.find((known) => known === segment)
  if (root === 'admin' && screen) return { kind: 'admin', screen }
  if (root !== 'p') return null
  return { kind: 'project', name: segment, owner: query.get('owner'), compared: query.getAll('compare') }
}

function comparedRuns(query: URLSearchParams): { from: string; to: string } | null {
  const [from, to] = [query.get('from'), query.get('to')]
  return from && to ? { from, to } : null
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

/** The variants a link to a project means: of the owner it names; else the viewer's own; else those of the only owner. */
export function linkedProject(
  rows: readonly VariantRow[],
  link: { name: string; owner: string | null },
  viewer: string,
): VariantRow[] {
  const same = rows.filter((row) => row.name === link.name)
  const owners = new Set(same.map((row) => row.owner))
  const owner = link.owner ?? (owners.has(viewer) ? viewer : owners.size === 1 ? same[0]?.owner : null)
  return same.filter((row) => row.owner === owner)
}

/** The path to return to after login. Anything that could lead to another site becomes the start page. */
export function safeReturnPath(next: string | null | undefined): string {
  if (!next?.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/'
  for (const char of next) if (char <= ' ' || char === '\u007f') return '/'
  return next.startsWith('/login') ? '/' : next
}

/** Longer addresses are none of ours; encoded into another one they would not fit into the head of an answer. */
const MAX_RETURN_PATH = 2000

/** Where to sign in, and where that leads afterwards: back to `path`, or to the start when it is too long to be passed on. */
export function loginAddress(path: string): string {
  return path.length > MAX_RETURN_PATH ? '/login' : `/login?next=${encodeURIComponent(path)}`
}
