import type { z } from 'zod'
import { grantsResponseSchema, queueResponseSchema, settingsResponseSchema } from '#lib/domain/admin.ts'
import { changesResponseSchema } from '#lib/domain/changes.ts'
import { adminCostResponseSchema, costResponseSchema, variantCostResponseSchema } from '#lib/domain/cost-answers.ts'
import { credentialsResponseSchema, savedCredentialSchema } from '#lib/domain/credentials.ts'
import { estimateAnswerSchema } from '#lib/domain/estimate-answer.ts'
import { createdHookSchema, hookResponseSchema } from '#lib/domain/hooks.ts'
import {
  abortedResponseSchema,
  accessResponseSchema,
  createUserResponseSchema,
  deletedResponseSchema,
  errorResponseSchema,
  generateResponseSchema,
  grantedResponseSchema,
  healthResponseSchema,
  meResponseSchema,
  modelsResponseSchema,
  okResponseSchema,
  projectResponseSchema,
  revokedResponseSchema,
  rotateKeyResponseSchema,
  usersResponseSchema,
} from '#lib/domain/responses.ts'
import { runEventsResponseSchema, runsResponseSchema } from '#lib/domain/runs.ts'
import { scheduleResponseSchema, scheduleRowSchema, schedulesResponseSchema } from '#lib/domain/schedules.ts'
import { steeringResponseSchema } from '#lib/domain/steering.ts'
import { projectsResponseSchema, variantRowSchema } from '#lib/domain/variant-schema.ts'

/** What a client expects as the answer of each call. Clients load this table when they get their first answer. */
export const ANSWERS = {
  error: errorResponseSchema,
  health: healthResponseSchema,
  ok: okResponseSchema,
  me: meResponseSchema,
  models: modelsResponseSchema,
  projects: projectsResponseSchema,
  variant: variantRowSchema,
  project: projectResponseSchema,
  generated: generateResponseSchema,
  aborted: abortedResponseSchema,
  deleted: deletedResponseSchema,
  steering: steeringResponseSchema,
  runs: runsResponseSchema,
  cost: costResponseSchema,
  estimate: estimateAnswerSchema,
  adminCost: adminCostResponseSchema,
  variantCost: variantCostResponseSchema,
  runEvents: runEventsResponseSchema,
  changes: changesResponseSchema,
  rotatedKey: rotateKeyResponseSchema,
  schedules: schedulesResponseSchema,
  schedule: scheduleResponseSchema,
  savedSchedule: scheduleRowSchema,
  hook: hookResponseSchema,
  createdHook: createdHookSchema,
  credentials: credentialsResponseSchema,
  savedCredential: savedCredentialSchema,
  users: usersResponseSchema,
  createdUser: createUserResponseSchema,
  grants: grantsResponseSchema,
  access: accessResponseSchema,
  granted: grantedResponseSchema,
  revoked: revokedResponseSchema,
  queue: queueResponseSchema,
  settings: settingsResponseSchema,
}

export type AnswerName = keyof typeof ANSWERS
export type Answer<Name extends AnswerName> = z.infer<(typeof ANSWERS)[Name]>
