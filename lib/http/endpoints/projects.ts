import { z } from 'zod'
import { changesResponseSchema } from '#lib/domain/changes.ts'
import { DOWNLOAD_FORMATS } from '#lib/domain/downloads.ts'
import { generateRequestSchema } from '#lib/domain/requests.ts'
import {
  abortedResponseSchema,
  deletedResponseSchema,
  generateResponseSchema,
  projectResponseSchema,
} from '#lib/domain/responses.ts'
import { runEventsResponseSchema, runsResponseSchema } from '#lib/domain/runs.ts'
import { projectsResponseSchema, variantRowSchema } from '#lib/domain/variant-schema.ts'
import { endpoint } from '#lib/http/endpoints/endpoint.ts'
import {
  changesQuery,
  eventsQuery,
  nameParams,
  ownerQuery,
  runParams,
  uuidParams,
  variantParams,
} from '#lib/http/params.ts'

const PROJECT = '/api/projects/{name}'
const VARIANT = '/api/projects/{name}/{branch}/{provider}/{model}'
/** A file: no JSON. */
const download = {
  query: ownerQuery.extend({ format: z.enum(DOWNLOAD_FORMATS).default('archive') }),
  answer: z.custom<Response>((value) => value instanceof Response),
  media: 'application/gzip',
  otherMedia: ['text/html'],
  failures: [400, 409],
} as const
/** One project or variant; 409 when several owners have it and none is named. */
const oneProject = { params: nameParams, query: ownerQuery, failures: [409] } as const
const oneVariant = { params: variantParams, query: ownerQuery, failures: [409] } as const

/** Documentation: what there is, starting, stopping, deleting, fetching. */
export const projectEndpoints = {
  listProjects: endpoint({
    method: 'GET',
    path: '/api/projects',
    summary: 'Everything the caller may see; plan_json is filled for generating variants only',
    access: 'projects.list',
    answer: projectsResponseSchema,
  }),
  listStatus: endpoint({
    method: 'GET',
    path: '/api/status',
    summary: 'The same as GET /api/projects, under its older name',
    access: 'projects.list',
    answer: projectsResponseSchema,
  }),
  generate: endpoint({
    method: 'POST',
    path: '/api/generate',
    summary: 'Start a generation; it runs in the background',
    access: 'generation.start',
    body: generateRequestSchema,
    answer: generateResponseSchema,
    status: 202,
    failures: [409, 503],
  }),
  getVariantById: endpoint({
    method: 'GET',
    path: '/api/projects/by-id/{uuid}',
    summary: 'One variant by its generation id, with its plan',
    access: 'project.read',
    params: uuidParams,
    answer: variantRowSchema,
    failures: [400],
  }),
  getProject: endpoint({
    method: 'GET',
    path: PROJECT,
    summary: 'All variants of one project, newest first',
    access: 'project.read',
    ...oneProject,
    answer: projectResponseSchema,
  }),
  removeProject: endpoint({
    method: 'DELETE',
    path: PROJECT,
    summary: "Delete all variants of one owner's project; admins name the owner",
    access: 'project.change',
    ...oneProject,
    answer: deletedResponseSchema,
    failures: [400, 409],
  }),
  abortProject: endpoint({
    method: 'POST',
    path: `${PROJECT}/abort`,
    summary: 'Abort the only running generation of a project',
    access: 'project.change',
    ...oneProject,
    answer: abortedResponseSchema,
  }),
  downloadProject: endpoint({
    method: 'GET',
    path: `${PROJECT}/download`,
    summary: 'The newest finished site of a project as a tar.gz with one top folder, or as one HTML document',
    access: 'project.read',
    params: nameParams,
    ...download,
  }),
  getVariant: endpoint({
    method: 'GET',
    path: VARIANT,
    summary: 'One variant with its plan',
    access: 'project.read',
    ...oneVariant,
    answer: variantRowSchema,
  }),
  removeVariant: endpoint({
    method: 'DELETE',
    path: VARIANT,
    summary: 'Delete one variant, its runs and its files; admins name the owner',
    access: 'project.change',
    ...oneVariant,
    answer: deletedResponseSchema,
    failures: [400, 409],
  }),
  abortVariant: endpoint({
    method: 'POST',
    path: `${VARIANT}/abort`,
    summary: 'Abort the running generation of one variant',
    access: 'project.change',
    ...oneVariant,
    answer: abortedResponseSchema,
  }),
  resumeVariant: endpoint({
    method: 'POST',
    path: `${VARIANT}/resume`,
    summary: 'Go on with a failed or aborted generation from the pages it has written; it runs in the background',
    access: 'project.change',
    ...oneVariant,
    answer: generateResponseSchema,
    status: 202,
    failures: [409, 503],
  }),
  downloadVariant: endpoint({
    method: 'GET',
    path: `${VARIANT}/download`,
    summary: 'The finished site of a variant as a tar.gz with one top folder, or as one HTML document',
    access: 'project.read',
    params: variantParams,
    ...download,
  }),
  listRuns: endpoint({
    method: 'GET',
    path: `${VARIANT}/runs`,
    summary: 'The runs of a variant that the history keeps, newest first',
    access: 'project.read',
    ...oneVariant,
    answer: runsResponseSchema,
  }),
  compareRuns: endpoint({
    method: 'GET',
    path: `${VARIANT}/changes`,
    summary: 'What changed between two runs: names, signatures, defaults, routes, flags; by default the last two',
    access: 'project.read',
    params: variantParams,
    query: changesQuery,
    answer: changesResponseSchema,
    failures: [409],
  }),
  listRunEvents: endpoint({
    method: 'GET',
    path: `${VARIANT}/runs/{run_id}/events`,
    summary: 'What a run told after the event number `after`, at most 1,000 events',
    access: 'project.read',
    params: runParams,
    query: eventsQuery,
    answer: runEventsResponseSchema,
    failures: [409],
  }),
}
