import { credentialEndpoints } from '#lib/http/endpoints/credentials.ts'
import { route } from '#lib/http/route.ts'
import { listCredentials } from '#lib/services/credentials/list.ts'
import { removeCredential } from '#lib/services/credentials/remove.ts'
import { setCredential } from '#lib/services/credentials/set.ts'

export const GET = route(credentialEndpoints.listCredentials, listCredentials)

export const POST = route(credentialEndpoints.setCredential, (caller, { body }) => setCredential(caller, body))

export const DELETE = route(credentialEndpoints.removeCredential, (caller, { query }) =>
  removeCredential(caller, query.host),
)
