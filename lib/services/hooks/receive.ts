import pLimit, { type LimitFunction } from 'p-limit'
import { findHookByToken, recordDelivery, type StoredHook } from '#db/queries/hooks.ts'
import { findVariantsOfProject, type StoredVariant } from '#db/queries/variants.ts'
import { hashSecret } from '#lib/auth/keys.ts'
import { unseal } from '#lib/auth/seal.ts'
import type { DeliveryResponse, HookChoice, RefreshResult } from '#lib/domain/hooks.ts'
import { HEAD_BRANCH } from '#lib/domain/ref-name.ts'
import { DocsfyError, messageFor } from '#lib/errors.ts'
import { remember } from '#lib/remember.ts'
import { countDelivery } from '#lib/services/hooks/delivery-limit.ts'
import { hookContext } from '#lib/services/hooks/manage.ts'
import { readDeliveryBody } from '#lib/services/hooks/read-body.ts'
import { type Push, readPush } from '#lib/services/hooks/read-push.ts'
import { checkSignature, type SignatureVerdict } from '#lib/services/hooks/signature.ts'
import { refreshVariant } from '#lib/services/refresh/refresh-variant.ts'

/** GitHub and GitLab send no larger payload. */
export const MAX_DELIVERY_BYTES = 25 * 1024 * 1024
/** Bodies of one hook in memory at the same time: who sends slowly delays only the hook whose address they know. */
const READ_AT_ONCE = 2

export interface Delivery {
  token: string
  headers: Headers
  /** Which variants the address stands for; all that were pushed where it says nothing. */
  only: HookChoice
  /** Read only when the token is right. Throws `limit_reached`. */
  readBody: (maxBytes: number) => Promise<Uint8Array>
  nowMs: number
}

const REFUSALS: Record<Exclude<SignatureVerdict, 'valid'>, string> = {
  absent:
    'This hook takes only signed deliveries: enter its secret where the forge asks for it, or make one without signature',
  wrong: 'The signature does not fit the secret of this hook: enter the secret again where the forge asks for it',
  late: 'The delivery was signed more than five minutes ago, or the clocks of forge and server differ: send it again',
}

const CANNOT_BE_OPENED =
  'The secret of this hook cannot be opened, because the key it was stored with is another one now: make a new hook'

/**
 * Takes what a forge, or curl, tells of a push, and refreshes the variants of that branch. Throws `not_found` for a token
 * that is none, `forbidden` for a wrong signature, `too_many_requests`, `limit_reached`, `bad_request`.
 */
export async function receiveDelivery(delivery: Delivery): Promise<DeliveryResponse> {
  const hook = await findHookByToken(hashSecret(delivery.token))
  if (!hook) throw new DocsfyError('not_found', 'The API has no such address')
  countDelivery(hook.projectId, delivery.nowMs)
  const note = (message: string) =>
    recordDelivery(hook.tokenHash, { at: new Date(delivery.nowMs).toISOString(), message })
  try {
    const push = await inTurn(hook.projectId, () => readSigned(delivery, hook))
    const { only } = delivery
    const answer = await follow(push, { only, variants: await chosenVariants(hook.projectId, only) })
    await note(answer.detail)
    return answer
  } catch (error) {
    await note(messageFor(error))
    throw error
  }
}

async function inTurn(projectId: string, read: () => Promise<Push>): Promise<Push> {
  const turns = remember('hook-bodies', () => new Map<string, { limit: LimitFunction; users: number }>())
  const turn = turns.get(projectId) ?? { limit: pLimit(READ_AT_ONCE), users: 0 }
  turns.set(projectId, turn)
  turn.users += 1
  try {
    return await turn.limit(read)
  } finally {
    turn.users -= 1
    if (turn.users === 0) turns.delete(projectId)
  }
}

/** The body is understood only when its signature is right: until then it may be anybody's. */
async function readSigned({ headers, readBody, nowMs }: Delivery, hook: StoredHook): Promise<Push> {
  const body = readDeliveryBody(headers.get('content-type') ?? '', await readBody(MAX_DELIVERY_BYTES))
  const secret = unseal(hook.sealedSecret, hookContext(hook.projectId))
  if (secret === null) throw new DocsfyError('forbidden', CANNOT_BE_OPENED)
  const verdict = checkSignature({ headers, body, secret, nowMs })
  const isOptional = verdict === 'absent' && !hook.needsSignature
  if (verdict !== 'valid' && !isOptional) throw new DocsfyError('forbidden', REFUSALS[verdict])
  return readPush(headers, body.payload())
}

async function chosenVariants(projectId: string, only: HookChoice): Promise<StoredVariant[]> {
  const variants = await findVariantsOfProject(projectId)
  return variants.filter(
    ({ branch, provider, model }) =>
      branch === (only.branch ?? branch) && provider === (only.provider ?? provider) && model === (only.model ?? model),
  )
}

interface Chosen {
  only: HookChoice
  variants: StoredVariant[]
}

async function follow(push: Push, { only, variants }: Chosen): Promise<DeliveryResponse> {
  if (push.kind === 'nothing') return { detail: push.why, variants: [] }
  const meant = variants.filter((variant) => push.kind === 'everything' || isOf(variant, push))
  if (meant.length === 0) return { detail: `${nothingOf(only)} documents ${nameOf(push)}`, variants: [] }
  const results: DeliveryResponse['variants'] = []
  const refusals = new Set<string>()
  for (const variant of meant) {
    const { branch, provider: ai_provider, model: ai_model } = variant
    const result = await refreshed(variant, push).catch((error) => {
      refusals.add(messageFor(error))
      return 'refused' as const
    })
    results.push({ branch, ai_provider, ai_model, result })
  }
  return { detail: [sentenceOf(push, results), ...refusals].join('. '), variants: results }
}

/** An address that stands for some variants says so, where others may document what was pushed. */
function nothingOf(only: HookChoice): string {
  const chosen = [only.branch, only.provider, only.model].filter((part) => part !== undefined)
  return chosen.length === 0 ? 'Nothing here' : `Nothing that this address is for (${chosen.join(', ')})`
}

/** A delivery that asks for something. */
type Asking = Exclude<Push, { kind: 'nothing' }>
type Pushed = Extract<Push, { kind: 'branch' | 'tag' }>

function isOf(variant: StoredVariant, push: Pushed): boolean {
  if (push.kind === 'tag') return variant.branch === push.tag || variant.branch === `refs/tags/${push.tag}`
  if (variant.branch === HEAD_BRANCH) return push.isDefault
  return variant.branch === push.branch || variant.branch === `refs/heads/${push.branch}`
}

/** A delivery that comes a second time finds its commit documented, and nothing is done. */
async function refreshed(variant: StoredVariant, push: Asking): Promise<RefreshResult> {
  const isKnown = push.kind === 'branch' && push.commit !== null && push.commit === variant.lastCommitSha
  if (isKnown && variant.status === 'ready') return 'unchanged'
  return await refreshVariant(variant, 'hook')
}

const WORDS: Record<RefreshResult, string> = {
  started: 'started',
  waiting: 'waiting already',
  after_run: 'to follow the run that works now',
  unchanged: 'already at this commit',
  refused: 'refused',
}

/** "main: 1 started, 1 waiting already". */
function sentenceOf(push: Asking, results: { result: RefreshResult }[]): string {
  const counts = new Map<RefreshResult, number>()
  for (const { result } of results) counts.set(result, (counts.get(result) ?? 0) + 1)
  const parts = [...counts].map(([result, count]) => `${count} ${WORDS[result]}`)
  return `${push.kind === 'everything' ? 'All branches' : nameOf(push)}: ${parts.join(', ')}`
}

function nameOf(push: Asking): string {
  if (push.kind === 'everything') return 'this project'
  return push.kind === 'tag' ? `the tag ${push.tag}` : push.branch
}
