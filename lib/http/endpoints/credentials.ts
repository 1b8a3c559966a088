import { z } from 'zod'
import { credentialsResponseSchema, savedCredentialSchema } from '#lib/domain/credentials.ts'
import { deletedResponseSchema } from '#lib/domain/responses.ts'
import { endpoint } from '#lib/http/endpoints/endpoint.ts'

const PATH = '/api/credentials'
const host = z.string().min(1).max(300)
/** Both become one header: no control characters, and no colon in the name. */
const setCredentialSchema = z.strictObject({
  host,
  username: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^:\p{Cc}]+$/u, 'A user name has no colon and no control characters'),
  token: z
    .string()
    .min(1)
    .max(4000)
    .regex(/^\P{Cc}+$/u, 'A token has no control characters'),
})

/** What users show to the hosts of private repositories. */
export const credentialEndpoints = {
  listCredentials: endpoint({
    method: 'GET',
    path: PATH,
    summary: 'The hosts you have stored credentials for; tokens are never shown',
    access: 'generation.start',
    answer: credentialsResponseSchema,
  }),
  setCredential: endpoint({
    method: 'POST',
    path: PATH,
    summary: 'Store or replace your credentials for a host of private repositories',
    access: 'generation.start',
    body: setCredentialSchema,
    answer: savedCredentialSchema,
  }),
  removeCredential: endpoint({
    method: 'DELETE',
    path: PATH,
    summary: 'Forget your credentials for a host',
    access: 'generation.start',
    query: z.object({ host }),
    answer: deletedResponseSchema,
    failures: [404],
  }),
}
