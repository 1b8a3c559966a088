import * as z from 'zod/mini'
import { REPO_TYPES, ROLES } from '#lib/domain/kinds.ts'
import { variantRowSchema } from '#lib/domain/variant-schema.ts'

export const generateResponseSchema = z.object({
  project: z.string(),
  status: z.literal('generating'),
  branch: z.string(),
  generation_id: z.string(),
  repo_type: z.nullable(z.enum(REPO_TYPES)),
})
export type GenerateResponse = z.infer<typeof generateResponseSchema>

export const meResponseSchema = z.object({ username: z.string(), role: z.enum(ROLES), is_admin: z.boolean() })
export type MeResponse = z.infer<typeof meResponseSchema>

export const modelsResponseSchema = z.object({
  providers: z.array(z.string()),
  default_provider: z.string(),
  default_model: z.string(),
  available_models: z.record(z.string(), z.array(z.object({ id: z.string(), name: z.string() }))),
  /** By provider: whether it can write now and, if not, what is missing. */
  provider_status: z.optional(z.record(z.string(), z.object({ ready: z.boolean(), reason: z.nullable(z.string()) }))),
})
export type ModelsResponse = z.infer<typeof modelsResponseSchema>

export const okResponseSchema = z.object({ ok: z.literal(true) })
/** What was deleted or aborted: `name`, or `name/branch/provider/model`. */
export const deletedResponseSchema = z.object({ deleted: z.string() })
export const abortedResponseSchema = z.object({ aborted: z.string() })

export const errorResponseSchema = z.object({
  detail: z.string(),
  issues: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
})

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

export const rotateKeyResponseSchema = z.object({ username: z.string(), new_api_key: z.string() })
export type RotateKeyResponse = z.infer<typeof rotateKeyResponseSchema>

export const accessResponseSchema = z.object({ project: z.string(), owner: z.string(), users: z.array(z.string()) })
export type AccessResponse = z.infer<typeof accessResponseSchema>
export const grantedResponseSchema = z.object({ granted: z.string(), username: z.string(), owner: z.string() })
export const revokedResponseSchema = z.object({ revoked: z.string(), username: z.string(), owner: z.string() })

export const healthResponseSchema = z.object({ status: z.literal('ok') })

export const projectResponseSchema = z.object({ name: z.string(), variants: z.array(variantRowSchema) })
export type ProjectResponse = z.infer<typeof projectResponseSchema>
