import { z } from 'zod'
import { authenticate, credentialIn } from '#lib/auth/authenticate.ts'
import { sessionCookie } from '#lib/auth/sessions.ts'
import { safeReturnPath } from '#lib/domain/deep-link.ts'
import { endpoint } from '#lib/http/endpoints/endpoint.ts'
import { publicRoute } from '#lib/http/route.ts'
import { signInByLink } from '#lib/services/sessions/login.ts'

/** A one-time link: signs in and leads to `next`. Who is signed in already is led there without using it up. */
const signIn = endpoint({
  method: 'GET',
  path: '/sign-in',
  summary: 'Sign in by a one-time link',
  access: 'public',
  query: z.object({ token: z.string().max(100), next: z.string().max(2000).optional() }),
  answer: z.custom<Response>(),
})

export const GET = publicRoute(signIn, async ({ query, address, secure, cookie }) => {
  const headers = new Headers({
    location: safeReturnPath(query.next),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  })
  if (!(await authenticate(credentialIn({ cookie })))) {
    const { token } = await signInByLink(query.token, address)
    headers.set('set-cookie', sessionCookie(token, secure))
  }
  return new Response(null, { status: 303, headers })
})
