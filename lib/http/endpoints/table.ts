import { accountEndpoints } from '#lib/http/endpoints/accounts.ts'
import { administrationEndpoints } from '#lib/http/endpoints/administration.ts'
import { costEndpoints } from '#lib/http/endpoints/cost.ts'
import { credentialEndpoints } from '#lib/http/endpoints/credentials.ts'
import type { Endpoint } from '#lib/http/endpoints/endpoint.ts'
import { projectEndpoints } from '#lib/http/endpoints/projects.ts'
import { refreshEndpoints } from '#lib/http/endpoints/refresh.ts'
import { serverEndpoints } from '#lib/http/endpoints/server.ts'
import { steeringEndpoints } from '#lib/http/endpoints/steering.ts'

/** Every endpoint by its name; the name is the operationId of the OpenAPI document. */
export const ENDPOINTS: Record<string, Endpoint> = {
  ...serverEndpoints,
  ...accountEndpoints,
  ...credentialEndpoints,
  ...projectEndpoints,
  ...costEndpoints,
  ...refreshEndpoints,
  ...steeringEndpoints,
  ...administrationEndpoints,
}
