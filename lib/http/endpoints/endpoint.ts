import { z } from 'zod'
import type { Action } from '#lib/auth/permissions.ts'

export const nothing = z.object({})

export type Method = 'GET' | 'POST' | 'DELETE'

/**
 * Everything the outside may know of one method of one address: what is sent, who may, what comes back. The route
 * validates with it and the OpenAPI document is made from it.
 */
export interface Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  A extends z.core.$ZodType = z.core.$ZodType,
> {
  method: Method
  /** As in OpenAPI: `/api/projects/{name}`. */
  path: string
  /** A sentence without its full stop. */
  summary: string
  /** What the caller needs permission for; `public` for nothing. */
  access: 'public' | Action
  params: P
  query: Q
  body: B
  answer: A
  /** Media type of the answer. */
  media: 'application/json' | 'application/gzip'
  /** Media types of other answers that the query asks for. */
  otherMedia: readonly string[]
  status: 200 | 202
  /** Answer with status 202 where the other is not there yet: the same request has to be sent again. */
  later: z.core.$ZodType | null
  /** Statuses of expected failures, besides those that follow from the other fields. */
  failures: readonly number[]
}

type Given<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.core.$ZodType> = Pick<
  Endpoint<P, Q, B, A>,
  'method' | 'path' | 'summary' | 'access' | 'answer'
> &
  Partial<Endpoint<P, Q, B, A>>

/** Fills in what an endpoint does not say: takes nothing, answers 200 with JSON, fails in no way of its own. */
export function endpoint<
  A extends z.core.$ZodType,
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = typeof nothing,
>(given: Given<P, Q, B, A>): Endpoint<P, Q, B, A> {
  return {
    params: nothing as z.ZodType as P,
    query: nothing as z.ZodType as Q,
    body: nothing as z.ZodType as B,
    media: 'application/json',
    otherMedia: [],
    status: 200,
    later: null,
    failures: [],
    ...given,
  }
}
