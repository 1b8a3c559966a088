import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { authenticate, credentialIn } from '#lib/auth/authenticate.ts'
import { loginAddress } from '#lib/domain/deep-link.ts'
import type { MeResponse } from '#lib/domain/responses.ts'
import type { ProjectsResponse } from '#lib/domain/variant.ts'
import { presentMe } from '#lib/services/sessions/me.ts'
import { listProjects } from '#lib/services/variants/list.ts'

/** What the dashboard starts from. Without a session: redirects to login, which returns to `path`. */
export async function loadDashboard(path: string): Promise<{ viewer: MeResponse; initial: ProjectsResponse }> {
  const account = await signedIn()
  if (!account) redirect(loginAddress(path))
  return { viewer: presentMe(account), initial: await listProjects(account) }
}

/** The account whose session cookie came with this page request, or null. */
export async function signedIn() {
  const cookie = (await headers()).get('cookie')
  return authenticate(credentialIn({ cookie }))
}

export type SearchParams = Record<string, string | string[] | undefined>

/** The address that was asked for, as login must return to it. */
export function pathWith(pathname: string, params: SearchParams) {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) for (const one of [value ?? []].flat()) query.append(name, one)
  return { pathname, query, path: query.size > 0 ? `${pathname}?${query}` : pathname }
}
