import { z } from 'zod'
import { sessionCookie } from '#lib/auth/sessions.ts'
import { safeReturnPath } from '#lib/domain/deep-link.ts'
import { publicRoute } from '#lib/http/route.ts'
import { signInByLink } from '#lib/services/sessions/login.ts'

/** A one-time link: signs in and leads to `next`. */
export const GET = publicRoute({
  query: z.object({ token: z.string().max(100), next: z.string().max(2000).optional() }),
  run: async ({ query, address, secure }) => {
    const { token } = await signInByLink(query.token, address)
    const headers = {
      location: safeReturnPath(query.next),
      'set-cookie': sessionCookie(token, secure),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    }
    return new Response(null, { status: 303, headers })
  },
})
