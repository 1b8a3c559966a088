import { z } from 'zod'
import { createdHookSchema, deliveryResponseSchema, hookResponseSchema } from '#lib/domain/hooks.ts'
import { deletedResponseSchema } from '#lib/domain/responses.ts'
import { scheduleResponseSchema, scheduleRowSchema, schedulesResponseSchema } from '#lib/domain/schedules.ts'
import { endpoint } from '#lib/http/endpoints/endpoint.ts'
import { hookQuery, nameParams, ownerQuery, tokenParams, variantParams } from '#lib/http/params.ts'

const SCHEDULE = '/api/projects/{name}/{branch}/{provider}/{model}/schedule'
const HOOK = '/api/projects/{name}/hook'
const ofVariant = { params: variantParams, query: ownerQuery, failures: [409] } as const
const ofProject = { params: nameParams, query: ownerQuery, failures: [409] } as const

const setScheduleSchema = z.strictObject({
  cron: z.string().min(1).max(100),
  time_zone: z.string().min(1).max(64).default('UTC'),
})
/** Signed deliveries only, unless the sender cannot sign. */
const createHookSchema = z.strictObject({ needs_signature: z.boolean().default(true) })

/** Documentation that follows the code: schedules, and hooks that forges tell of pushes. */
export const refreshEndpoints = {
  listSchedules: endpoint({
    method: 'GET',
    path: '/api/schedules',
    summary: 'The schedules of every variant the caller may see',
    access: 'projects.list',
    answer: schedulesResponseSchema,
  }),
  getSchedule: endpoint({
    method: 'GET',
    path: SCHEDULE,
    summary: 'When a variant looks whether its branch has moved, and what the last look said; null for never',
    access: 'project.read',
    ...ofVariant,
    answer: scheduleResponseSchema,
  }),
  setSchedule: endpoint({
    method: 'POST',
    path: SCHEDULE,
    summary: 'Set or replace the schedule of a variant; it is generated only when its branch has moved',
    access: 'project.change',
    ...ofVariant,
    body: setScheduleSchema,
    answer: scheduleRowSchema,
  }),
  removeSchedule: endpoint({
    method: 'DELETE',
    path: SCHEDULE,
    summary: 'End the schedule of a variant',
    access: 'project.change',
    ...ofVariant,
    answer: deletedResponseSchema,
  }),
  getHook: endpoint({
    method: 'GET',
    path: HOOK,
    summary: 'The push hook of a project, without its token and secret; null for none',
    access: 'project.change',
    ...ofProject,
    answer: hookResponseSchema,
  }),
  createHook: endpoint({
    method: 'POST',
    path: HOOK,
    summary: 'Make the push hook of a project, or give it another token and secret; both are shown this once',
    access: 'project.change',
    ...ofProject,
    body: createHookSchema,
    answer: createdHookSchema,
  }),
  removeHook: endpoint({
    method: 'DELETE',
    path: HOOK,
    summary: 'Revoke the push hook of a project',
    access: 'project.change',
    ...ofProject,
    answer: deletedResponseSchema,
  }),
  receiveDelivery: endpoint({
    method: 'POST',
    path: '/api/hooks/{token}',
    summary:
      'For forges and curl: a push refreshes the variants of that branch or tag, or those of them that the address names; at most 25 MB, 60 a minute',
    access: 'public',
    params: tokenParams,
    query: hookQuery,
    answer: deliveryResponseSchema,
    status: 202,
    failures: [400, 403, 404, 413, 429],
  }),
}
