import { grantsResponseSchema, queueResponseSchema, settingsResponseSchema } from '#lib/domain/admin.ts'
import { grantRequestSchema } from '#lib/domain/requests.ts'
import {
  accessResponseSchema,
  grantedResponseSchema,
  modelsResponseSchema,
  revokedResponseSchema,
} from '#lib/domain/responses.ts'
import { endpoint } from '#lib/http/endpoints/endpoint.ts'
import { accessParams, nameParams, ownerQuery } from '#lib/http/params.ts'

const ACCESS = '/api/admin/projects/{name}/access'

/** Who may read what, and how the server is doing. */
export const administrationEndpoints = {
  listAccess: endpoint({
    method: 'GET',
    path: ACCESS,
    summary: "Who was granted one owner's project",
    access: 'access.manage',
    params: nameParams,
    query: ownerQuery,
    answer: accessResponseSchema,
    failures: [400, 404],
  }),
  grantAccess: endpoint({
    method: 'POST',
    path: ACCESS,
    summary: "Let a user read all variants of one owner's project",
    access: 'access.manage',
    params: nameParams,
    body: grantRequestSchema,
    answer: grantedResponseSchema,
    failures: [404],
  }),
  revokeAccess: endpoint({
    method: 'DELETE',
    path: `${ACCESS}/{username}`,
    summary: 'Take a grant back',
    access: 'access.manage',
    params: accessParams,
    query: ownerQuery,
    answer: revokedResponseSchema,
    failures: [400, 404],
  }),
  listGrants: endpoint({
    method: 'GET',
    path: '/api/admin/grants',
    summary: 'Every grant there is',
    access: 'access.manage',
    answer: grantsResponseSchema,
  }),
  getQueue: endpoint({
    method: 'GET',
    path: '/api/admin/queue',
    summary: 'Runs that work and runs that wait, of all users',
    access: 'server.inspect',
    answer: queueResponseSchema,
  }),
  refreshModels: endpoint({
    method: 'POST',
    path: '/api/admin/models',
    summary: 'Asks every provider again which models it has',
    access: 'server.inspect',
    answer: modelsResponseSchema,
  }),
  getSettings: endpoint({
    method: 'GET',
    path: '/api/admin/settings',
    summary: 'The settings this server runs with, without secrets',
    access: 'server.inspect',
    answer: settingsResponseSchema,
  }),
}
