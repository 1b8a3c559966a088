import { z } from 'zod'
import { REPO_TYPES, ROLES } from '#lib/domain/kinds.ts'
import { refNameProblem } from '#lib/domain/ref-name.ts'
import { isReserved, USERNAME_PATTERN, USERNAME_RESERVED, USERNAME_RULE } from '#lib/domain/username.ts'

export const branchSchema = z.string().superRefine((value, context) => {
  const problem = refNameProblem(value)
  if (problem) context.addIssue({ code: 'custom', message: problem })
})

export const usernameSchema = z
  .string()
  .regex(USERNAME_PATTERN, USERNAME_RULE)
  .refine((name) => !isReserved(name), USERNAME_RESERVED)

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

export const loginRequestSchema = z.strictObject({
  username: z.string().min(1).max(50),
  api_key: z.string().min(1).max(512),
})
export type LoginRequest = z.infer<typeof loginRequestSchema>

export const createUserRequestSchema = z.strictObject({ username: usernameSchema, role: z.enum(ROLES).default('user') })

/** A key must be one word of a header. */
const newKeySchema = z
  .string()
  .min(16, 'A key has at least 16 characters')
  .max(512, 'A key has at most 512 characters')
  .regex(/^[\x21-\x7e]*$/, 'A key has only visible ASCII characters and no spaces')

/** Without `new_key` the server makes one. */
export const rotateKeyRequestSchema = z.strictObject({ new_key: newKeySchema.optional() })

export const grantRequestSchema = z.strictObject({
  username: z.string().min(1).max(50),
  owner: z.string().min(1).max(50).optional(),
})
