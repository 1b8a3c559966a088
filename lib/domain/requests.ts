import { z } from 'zod'
import { ADMIN_USERNAME, REPO_TYPES, ROLES } from '#lib/domain/kinds.ts'
import { refNameProblem } from '#lib/domain/ref-name.ts'
import { variantRowSchema } from '#lib/domain/variant-schema.ts'

export const branchSchema = z.string().superRefine((value, context) => {
  const problem = refNameProblem(value)
  if (problem) context.addIssue({ code: 'custom', message: problem })
})

export const usernameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{1,49}$/,
    'A username has 2 to 50 letters, digits, ".", "_" or "-" and starts with a letter or digit',
  )
  .refine((name) => name.toLowerCase() !== ADMIN_USERNAME, 'The username "admin" is reserved')

/** `POST /api/generate`. Exactly one of `repo_url` and `repo_path`. */
export const generateRequestSchema = z
  .strictObject({
    repo_url: z.string().max(2048).optional(),
    repo_path: z.string().max(4096).optional(),
    branch: branchSchema.default('main'),
    ai_provider: z.string().max(100).optional(),
    ai_model: z.string().max(200).optional(),
    ai_cli_timeout: z.number().int().min(1).max(86_400).optional(),
    force: z.boolean().default(false),
    repo_type: z.enum(REPO_TYPES).optional(),
  })
  .refine((body) => (body.repo_url === undefined) !== (body.repo_path === undefined), {
    message: 'Give exactly one of repo_url and repo_path',
    path: ['repo_url'],
  })
export type GenerateRequest = z.infer<typeof generateRequestSchema>
export type GenerateBody = z.input<typeof generateRequestSchema>

export const generateResponseSchema = z.object({
  project: z.string(),
  status: z.literal('generating'),
  branch: z.string(),
  generation_id: z.string(),
  repo_type: z.enum(REPO_TYPES).nullable(),
})
export type GenerateResponse = z.infer<typeof generateResponseSchema>

export const loginRequestSchema = z.strictObject({
  username: z.string().min(1).max(50),
  api_key: z.string().min(1).max(512),
})
export type LoginRequest = z.infer<typeof loginRequestSchema>

export const meResponseSchema = z.object({ username: z.string(), role: z.enum(ROLES), is_admin: z.boolean() })
export type MeResponse = z.infer<typeof meResponseSchema>

export const modelsResponseSchema = z.object({
  providers: z.array(z.string()),
  default_provider: z.string(),
  default_model: z.string(),
  available_models: z.record(z.string(), z.array(z.object({ id: z.string(), name: z.string() }))),
  /** By provider: whether it can write now and, if not, what is missing. */
  provider_status: z.record(z.string(), z.object({ ready: z.boolean(), reason: z.string().nullable() })).optional(),
})
export type ModelsResponse = z.infer<typeof modelsResponseSchema>

export const okResponseSchema = z.object({ ok: z.literal(true) })
/** What was deleted or aborted: `name`, or `name/branch/provider/model`. */
export const deletedResponseSchema = z.object({ deleted: z.string() })
export const abortedResponseSchema = z.object({ aborted: z.string() })

export const errorResponseSchema = z.object({
  detail: z.string(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})

export const createUserRequestSchema = z.strictObject({ username: usernameSchema, role: z.enum(ROLES).default('user') })
export const createUserResponseSchema = z.object({
  username: z.string(),
  role: z.enum(ROLES),
  /** Shown this once. */
  api_key: z.string(),
})
export type CreateUserResponse = z.infer<typeof createUserResponseSchema>

export const usersResponseSchema = z.object({
  users: z.array(z.object({ username: z.string(), role: z.enum(ROLES), created_at: z.string() })),
})
export type UsersResponse = z.infer<typeof usersResponseSchema>

/** A key must be one word of a header. */
const newKeySchema = z
  .string()
  .min(16, 'A key has at least 16 characters')
  .max(512, 'A key has at most 512 characters')
  .regex(/^[\x21-\x7e]*$/, 'A key has only visible ASCII characters and no spaces')

/** Without `new_key` the server makes one. */
export const rotateKeyRequestSchema = z.strictObject({ new_key: newKeySchema.optional() })
export const rotateKeyResponseSchema = z.object({ username: z.string(), new_api_key: z.string() })
export type RotateKeyResponse = z.infer<typeof rotateKeyResponseSchema>

export const grantRequestSchema = z.strictObject({
  username: z.string().min(1).max(50),
  owner: z.string().min(1).max(50).optional(),
})
export const accessResponseSchema = z.object({ project: z.string(), owner: z.string(), users: z.array(z.string()) })
export type AccessResponse = z.infer<typeof accessResponseSchema>
export const grantedResponseSchema = z.object({ granted: z.string(), username: z.string(), owner: z.string() })
export const revokedResponseSchema = z.object({ revoked: z.string(), username: z.string(), owner: z.string() })

export const costResponseSchema = z.object({ total_cost_usd: z.number() })

export const healthResponseSchema = z.object({ status: z.literal('ok') })

export const projectResponseSchema = z.object({ name: z.string(), variants: z.array(variantRowSchema) })
export type ProjectResponse = z.infer<typeof projectResponseSchema>
