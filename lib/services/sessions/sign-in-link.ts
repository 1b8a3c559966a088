import { newSignInToken } from '#lib/auth/sessions.ts'
import { ADMIN_USERNAME } from '#lib/domain/kinds.ts'

/** A link that signs the admin in once within 15 minutes and then leads to `next`, a path of this server. */
export async function createSignInLink(baseUrl: string, next = '/'): Promise<string> {
  const link = new URL('/sign-in', baseUrl)
  link.searchParams.set('token', await newSignInToken(ADMIN_USERNAME))
  if (next !== '/') link.searchParams.set('next', next)
  return link.href
}
