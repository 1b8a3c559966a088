import { z } from 'zod'
import { changesResponseSchema } from '#lib/domain/changes.ts'
import { adminCostResponseSchema, costResponseSchema, variantCostResponseSchema } from '#lib/domain/cost-answers.ts'
import { credentialsResponseSchema, savedCredentialSchema } from '#lib/domain/credentials.ts'
import { factsSchema } from '#lib/domain/facts-schema.ts'
import { createdHookSchema, hookResponseSchema } from '#lib/domain/hooks.ts'
import {
  abortedResponseSchema,
  accessResponseSchema,
  createUserResponseSchema,
  deletedResponseSchema,
  generateResponseSchema,
  grantedResponseSchema,
  healthResponseSchema,
  modelsResponseSchema,
  projectResponseSchema,
  revokedResponseSchema,
  rotateKeyResponseSchema,
  usersResponseSchema,
} from '#lib/domain/responses.ts'
import { runEventsResponseSchema, runsResponseSchema } from '#lib/domain/runs.ts'
import { schedulesResponseSchema } from '#lib/domain/schedules.ts'
import { steeringResponseSchema } from '#lib/domain/steering.ts'
import { variantRowSchema } from '#lib/domain/variant-schema.ts'
import { buildReportSchema } from './build-report.ts'
import { jsonPieces } from './json-pieces.ts'
import { printPieces, printResult } from './output.ts'
import { planReportSchema, serverPlanReportSchema } from './plan-report.ts'
import { scoreReportSchema } from './score-report.ts'

/** What `--json` prints, by command: the shapes of the API wherever there is one. */
export const JSON_SHAPES = {
  generate: generateResponseSchema,
  'generate --watch': variantRowSchema,
  list: z.array(variantRowSchema),
  status: projectResponseSchema,
  'status of one variant': variantRowSchema,
  abort: z.array(abortedResponseSchema),
  resume: z.array(generateResponseSchema),
  'resume --watch': z.array(variantRowSchema),
  delete: z.array(deletedResponseSchema),
  download: z.object({ path: z.string(), files: z.number().int().nullable(), removed: z.number().int().nullable() }),
  runs: runsResponseSchema.shape.runs,
  'runs --log': runEventsResponseSchema.shape.events,
  changes: changesResponseSchema,
  cost: costResponseSchema,
  'cost of one variant': variantCostResponseSchema,
  models: modelsResponseSchema,
  health: z.object({ ...healthResponseSchema.shape, ...{ server: z.string() } }),
  'config show': z.object({
    file: z.string(),
    default_server: z.string().nullable(),
    servers: z.record(
      z.string(),
      z.object({ url: z.string().nullable(), username: z.string().nullable(), has_password: z.boolean() }),
    ),
  }),
  schedule: schedulesResponseSchema.shape.schedules,
  'schedule --off': deletedResponseSchema,
  'hook create': createdHookSchema,
  'hook show': hookResponseSchema,
  'hook delete': deletedResponseSchema,
  steering: steeringResponseSchema,
  'credentials set': savedCredentialSchema,
  'credentials list': credentialsResponseSchema.shape.credentials,
  'credentials delete': deletedResponseSchema,
  'admin users list': usersResponseSchema.shape.users,
  'admin users create': createUserResponseSchema,
  'admin users delete': deletedResponseSchema,
  'admin users rotate-key': rotateKeyResponseSchema,
  'admin cost': adminCostResponseSchema,
  'admin access list': accessResponseSchema,
  'admin access grant': grantedResponseSchema,
  'admin access revoke': revokedResponseSchema,
  build: buildReportSchema,
  plan: planReportSchema,
  'plan on a server': serverPlanReportSchema,
  score: scoreReportSchema,
  facts: factsSchema,
} as const satisfies Record<string, z.core.$ZodType>
export type JsonName = keyof typeof JSON_SHAPES

/** Prints a result as its documented shape. */
export function printJson<Name extends JsonName>(_name: Name, value: z.output<(typeof JSON_SHAPES)[Name]>): void {
  printResult(JSON.stringify(value, null, 2))
}

/** The same on one line, as fast as somebody reads it: for what may have a hundred thousand entries. */
export async function printCompactJson<Name extends JsonName>(
  _name: Name,
  value: z.output<(typeof JSON_SHAPES)[Name]>,
): Promise<void> {
  await printPieces(jsonPieces(value))
}
