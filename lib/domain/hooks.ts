import * as z from 'zod/mini'

/** What the owner of a project sees of its push hook; neither token nor secret. Times are ISO 8601 UTC. */
export const hookRowSchema = z.object({
  name: z.string(),
  owner: z.string(),
  /** False: the address alone is enough, for programs that cannot sign. */
  needs_signature: z.boolean(),
  created_by: z.string(),
  created_at: z.string(),
  last_received_at: z.nullable(z.string()),
  /** What became of the last delivery, in one sentence. */
  last_message: z.nullable(z.string()),
})
export type HookRow = z.infer<typeof hookRowSchema>

/** Null: the project has none. */
export const hookResponseSchema = z.object({ hook: z.nullable(hookRowSchema) })
export type HookResponse = z.infer<typeof hookResponseSchema>

/** A hook that was just made; the only time its path and secret are told. */
export const createdHookSchema = z.extend(hookRowSchema, {
  /** Path to POST to on this server: it holds the token. */
  path: z.string(),
  /** Key of the signatures: GitHub, Gitea and Forgejo call it secret, GitLab secret token or signing token. */
  secret: z.string(),
})
export type CreatedHook = z.infer<typeof createdHookSchema>

/** What the address of a hook may be narrowed to: variants of one branch or tag, of one provider, of one model. */
export interface HookChoice {
  branch?: string | undefined
  provider?: string | undefined
  model?: string | undefined
}

/** Path of a hook that stands for the chosen variants only; all of them where nothing is chosen. */
export function narrowedPath(path: string, { branch, provider, model }: HookChoice): string {
  const given = Object.entries({ branch, provider, model }).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

/** What to know of an address that no other machine reaches; null for every other one. */
export function hereOnly(address: string): string | null {
  const isLoopback = /^(?:localhost|127\..*|\[::1\])$/.test(new URL(address).hostname)
  return isLoopback
    ? 'This address works on this machine alone: give a forge the one under which it reaches the server.'
    : null
}

/** What a push does to one variant. */
export const REFRESH_RESULTS = ['started', 'waiting', 'after_run', 'unchanged', 'refused'] as const
export type RefreshResult = (typeof REFRESH_RESULTS)[number]

/** Answer to a delivery. */
export const deliveryResponseSchema = z.object({
  /** What was understood, and what follows from it. */
  detail: z.string(),
  variants: z.array(
    z.object({
      branch: z.string(),
      ai_provider: z.string(),
      ai_model: z.string(),
      result: z.enum(REFRESH_RESULTS),
    }),
  ),
})
export type DeliveryResponse = z.infer<typeof deliveryResponseSchema>
