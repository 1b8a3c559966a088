import * as z from 'zod/mini'

/** What names a variant in an answer. */
export const variantNames = {
  generation_id: z.string(),
  owner: z.string(),
  name: z.string(),
  branch: z.string(),
  ai_provider: z.string(),
  ai_model: z.string(),
}
