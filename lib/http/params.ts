import { z } from 'zod'
import { fromSegment } from '#lib/domain/ref-name.ts'
import { branchSchema } from '#lib/domain/requests.ts'
import { YEAR_MONTH } from '#lib/domain/spending.ts'
import { DocsfyError } from '#lib/errors.ts'

/** A segment of the path as it was sent. */
const segment = z
  .string()
  .max(1000)
  .transform((value, context) => {
    try {
      return decodeURIComponent(value)
    } catch {
      context.addIssue({ code: 'custom', message: 'The address is not valid percent-encoding' })
      return z.NEVER
    }
  })
const written = segment.transform(fromSegment)

/** Path parameters, by the folder names of app/api. */
export const nameParams = z.object({ name: segment })
export const variantParams = z.object({
  name: segment,
  branch: written.pipe(branchSchema),
  provider: segment,
  model: written,
})
export const runParams = variantParams.extend({ run_id: segment })
export const userParams = z.object({ username: segment })
export const accessParams = z.object({ name: segment, username: segment })
export const tokenParams = z.object({ token: segment })
export const uuidParams = z.object({ uuid: segment })

export const ownerQuery = z.object({ owner: z.string().max(50).optional() })
const runId = z.string().max(50).optional()
export const changesQuery = ownerQuery.extend({ from: runId, to: runId })
export const runQuery = ownerQuery.extend({ run_id: runId })
/** Which variants of a project the address of a hook stands for. A wrong word is refused: it would mean all of them. */
export const hookQuery = z.strictObject({
  branch: branchSchema.optional(),
  provider: z.string().max(100).optional(),
  model: z.string().max(200).optional(),
})
export const monthQuery = z.object({ month: z.string().regex(YEAR_MONTH, 'Name a month, such as 2026-11').optional() })
export const eventsQuery = ownerQuery.extend({ after: z.coerce.number().int().min(0).default(0) })

/** The owner, for those who must say whose project they mean. Throws `bad_request` when there is none. */
export function givenOwner(owner: string | undefined): string {
  if (owner) return owner
  throw new DocsfyError('bad_request', 'Say whose project you mean with owner=NAME')
}
