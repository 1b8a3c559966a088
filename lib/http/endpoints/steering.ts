import { z } from 'zod'
import { STEERING_FIELDS, steeringResponseSchema } from '#lib/domain/steering.ts'
import { endpoint } from '#lib/http/endpoints/endpoint.ts'
import { nameParams, ownerQuery } from '#lib/http/params.ts'

const ofProject = {
  path: '/api/projects/{name}/steering',
  access: 'project.change',
  params: nameParams,
  query: ownerQuery,
  failures: [409],
  answer: steeringResponseSchema,
} as const

/** What owners ask of their documentation. */
export const steeringEndpoints = {
  getSteering: endpoint({
    ...ofProject,
    method: 'GET',
    summary: 'What the owner asks of the documentation of a project, beside its docsfy.yml',
  }),
  setSteering: endpoint({
    ...ofProject,
    method: 'POST',
    summary:
      'Set or replace it, wish by wish before docsfy.yml; the next run writes what it concerns. {} asks for nothing',
    body: z.strictObject(STEERING_FIELDS).partial(),
  }),
}
