import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { write } from '#db/client.ts'
import { claimRun } from '#db/queries/queue.ts'
import { finishRun, listRuns } from '#db/queries/runs.ts'
import { findVariantById } from '#db/queries/variants.ts'
import { hooks } from '#db/schema.ts'
import { seal } from '#lib/auth/seal.ts'
import type { HookChoice } from '#lib/domain/hooks.ts'
import { DocsfyError } from '#lib/errors.ts'
import { queueLimits } from '#lib/jobs/queue.ts'
import { grantAccess } from '#lib/services/access/manage.ts'
import { createHook, getHook, removeHook } from '#lib/services/hooks/manage.ts'
import { receiveDelivery } from '#lib/services/hooks/receive.ts'
import { removeProject } from '#lib/services/variants/remove.ts'
import { adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { FORGES, type ForgeRequest, OTHER_EVENTS, PUSHED, PUSHES, signed } from '#lib/testing/forge-deliveries.ts'
import { generatingVariant, outcome } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

const dataDir = withTemporaryData()
const ask = { needs_signature: true }

/** A ready variant of ann's project `lib`, and her hook. */
async function documented({ branch = 'main', commit = 'c'.repeat(40), needs_signature = true } = {}) {
  const { principal: ann } = await makeAccount('ann')
  const { variantId, runId } = await generatingVariant('ann', 'lib', { branch })
  await finishRun(runId, outcome({ commit }))
  const { path, secret } = await createHook(ann, { name: 'lib' }, { needs_signature })
  return { ann, variantId, secret, token: path.slice('/api/hooks/'.length) }
}

type Told = ForgeRequest & { only?: HookChoice }

function deliver(token: string, { headers, body, only = {} }: Told, nowMs = Date.now()) {
  const bytes = Buffer.from(body)
  const readBody = async (maxBytes: number) => {
    if (bytes.length > maxBytes) throw new DocsfyError('limit_reached', 'too large')
    return bytes
  }
  return receiveDelivery({ token, headers: new Headers(headers), only, readBody, nowMs })
}

describe('a push', () => {
  it.each(FORGES)(
    'told by %s starts a run of the trigger "hook" in the name of the owner, once however often it comes',
    async (forge) => {
      const { token, secret, variantId } = await documented()
      const request = signed(forge, PUSHES[forge](), { secret })
      const results = []
      for (let again = 0; again < 3; again += 1) results.push((await deliver(token, request)).variants[0]?.result)
      expect(results).toEqual(['started', 'waiting', 'waiting'])
      expect((await listRuns(variantId)).slice(0, -1)).toMatchObject([
        { trigger: 'hook', requestedBy: 'ann', force: false },
      ])
    },
  )

  it('told while a run works is followed by one more run, and no second one', async () => {
    const { token, secret, variantId } = await documented()
    const request = signed('github', PUSHES.github(), { secret })
    await deliver(token, request)
    const working = await claimRun({ ...queueLimits(), busyVariants: [], busyRepositories: [] })
    const results = [await deliver(token, request), await deliver(token, request)].map(
      ({ variants }) => variants[0]?.result,
    )
    expect(results).toEqual(['after_run', 'after_run'])
    expect(working?.variantId).toBe(variantId)
  })

  it('of a commit that is documented already does nothing', async () => {
    const { token, secret } = await documented({ commit: PUSHED })
    const { detail, variants } = await deliver(token, signed('gitea', PUSHES.gitea(), { secret }))
    expect([detail, variants[0]?.result]).toEqual(['main: 1 already at this commit', 'unchanged'])
  })

  it('to another branch does nothing; to the default one it refreshes what follows HEAD', async () => {
    const { token, secret } = await documented({ branch: 'HEAD' })
    const told = async (ref: string) => deliver(token, signed('gitlab', PUSHES.gitlab({ ref }), { secret }))
    expect(await told('refs/heads/other')).toEqual({ detail: 'Nothing here documents other', variants: [] })
    expect((await told('refs/heads/main')).variants).toMatchObject([{ branch: 'HEAD', result: 'started' }])
  })

  it('refreshes every variant of its branch, or those of them that the address names', async () => {
    const { token, secret } = await documented()
    for (const model of ['gpt-5', 'gpt-5-mini']) {
      const { runId } = await generatingVariant('ann', 'lib', { provider: 'openai', model })
      await finishRun(runId, outcome())
    }
    const told = async (only: HookChoice, ref?: string) => {
      const answer = await deliver(token, { ...signed('github', PUSHES.github({ ref }), { secret }), only })
      return [answer.detail, ...answer.variants.map(({ ai_model, result }) => `${ai_model} ${result}`)]
    }
    expect(await told({ provider: 'builtin' })).toEqual(['main: 1 started', 'static started'])
    expect(await told({ model: 'gpt-5', branch: 'main' })).toEqual(['main: 1 started', 'gpt-5 started'])
    expect((await told({})).sort()).toEqual(
      ['gpt-5 waiting', 'gpt-5-mini started', 'main: 1 started, 2 waiting already', 'static waiting'].sort(),
    )
    expect(await told({ branch: 'next' })).toEqual(['Nothing that this address is for (next) documents main'])
    expect(await told({}, 'refs/heads/next')).toEqual(['Nothing here documents next'])
  })

  it('of a tag refreshes what documents that tag, and nothing else', async () => {
    const { token, secret } = await documented({ branch: 'v1' })
    const told = async (ref: string) => deliver(token, signed('github', PUSHES.github({ ref }), { secret }))
    expect(await told('refs/tags/v1')).toMatchObject({
      detail: 'the tag v1: 1 started',
      variants: [{ branch: 'v1', result: 'started' }],
    })
    expect(await told('refs/tags/v1.0.1')).toEqual({ detail: 'Nothing here documents the tag v1.0.1', variants: [] })
  })

  it.each(Object.keys(OTHER_EVENTS))('is not what %s is: that is taken with a sentence', async (name) => {
    const { token, secret, variantId } = await documented()
    const request = OTHER_EVENTS[name]
    if (!request) throw new Error(`no event ${name}`)
    const { detail, variants } = await deliver(token, signed('github', request, { secret }))
    expect([detail.length > 20, variants, (await findVariantById(variantId))?.status]).toEqual([true, [], 'ready'])
  })
})

describe('a hook', () => {
  it('answers a wrong token like an absent one, and reads no body for it', async () => {
    const { ann, token } = await documented()
    const unread = () => Promise.reject(new Error('read'))
    const attempt = (wrong: string) =>
      receiveDelivery({ token: wrong, headers: new Headers(), only: {}, readBody: unread, nowMs: 0 }).then(
        () => 'taken',
        (error) => error instanceof DocsfyError && [error.code, error.message],
      )
    const absent = await attempt('x'.repeat(43))
    await removeHook(ann, { name: 'lib' })
    const wrong = [await attempt(token), await attempt(`${token}x`), await attempt('')]
    expect([absent, ...wrong]).toEqual(Array(4).fill(['not_found', 'The API has no such address']))
  })

  it('refuses what is not signed, or wrongly; without signatures the address is enough, but a wrong one still refuses', async () => {
    const { ann, token, secret, variantId } = await documented()
    await expect(deliver(token, PUSHES.github())).rejects.toMatchObject({ code: 'forbidden' })
    await expect(deliver(token, signed('github', PUSHES.github(), { secret: 'other' }))).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect((await findVariantById(variantId))?.status).toBe('ready')
    const { path } = await createHook(ann, { name: 'lib' }, { needs_signature: false })
    const open = path.slice('/api/hooks/'.length)
    await expect(deliver(token, signed('github', PUSHES.github(), { secret }))).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(deliver(open, signed('github', PUSHES.github(), { secret }))).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await deliver(open, { headers: {}, body: '' })).toMatchObject({ detail: 'All branches: 1 started' })
  })

  it('reads what was sent only when the signature is right, and tells its owner what it refused', async () => {
    const { ann, token, secret } = await documented()
    const lastMessage = async () => (await getHook(ann, { name: 'lib' })).hook?.last_message
    const broken = { headers: {}, body: '{"branch":' }
    await expect(deliver(token, broken)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await lastMessage()).toContain('takes only signed deliveries')
    await expect(deliver(token, signed('github', broken, { secret: 'other' }))).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await lastMessage()).toContain('does not fit the secret')
    await expect(deliver(token, signed('github', broken, { secret }))).rejects.toMatchObject({ code: 'bad_request' })
    expect(await lastMessage()).toContain('neither JSON nor a form')
  })

  it('holds two bodies in memory at most', async () => {
    const { token } = await documented()
    const gate = Promise.withResolvers<void>()
    let [open, most] = [0, 0]
    const readBody = async () => {
      open += 1
      most = Math.max(most, open)
      await gate.promise
      open -= 1
      return Buffer.from('')
    }
    const headers = new Headers()
    const deliveries = Array.from({ length: 5 }, () =>
      receiveDelivery({ token, headers, only: {}, readBody, nowMs: 0 }),
    )
    await expect.poll(() => open).toBe(2)
    gate.resolve()
    await Promise.allSettled(deliveries)
    expect(most).toBe(2)
  })

  it('told by curl of a branch refreshes what follows HEAD, too, since that may be the branch', async () => {
    const { token, secret } = await documented({ branch: 'HEAD' })
    const told = await deliver(token, signed('github', { headers: {}, body: '{"branch":"main"}' }, { secret }))
    expect(told.variants).toMatchObject([{ branch: 'HEAD', result: 'started' }])
  })

  it('takes sixty deliveries a minute', async () => {
    const { token, secret } = await documented()
    const ping = OTHER_EVENTS['a ping of GitHub']
    if (!ping) throw new Error('no ping')
    const request = signed('github', ping, { secret })
    for (let count = 0; count < 60; count += 1) await deliver(token, request, 1_000_000)
    await expect(deliver(token, request, 1_030_000)).rejects.toMatchObject({
      code: 'too_many_requests',
      data: { retryAfterSeconds: 30 },
    })
    await deliver(token, request, 1_060_001)
  })

  it('is for those who may change the project; it goes with the project', async () => {
    const { ann, token } = await documented()
    const { principal: bob } = await makeAccount('bob')
    await expect(getHook(bob, { name: 'lib' })).rejects.toMatchObject({ code: 'not_found' })
    await grantAccess(await adminPrincipal(), { name: 'lib', owner: 'ann', username: 'bob' })
    await expect(createHook(bob, { name: 'lib' }, ask)).rejects.toMatchObject({ code: 'forbidden' })
    expect((await getHook(await adminPrincipal(), { name: 'lib', owner: 'ann' })).hook).toMatchObject({
      created_by: 'ann',
    })
    await removeProject(ann, { name: 'lib', owner: 'ann' })
    await expect(deliver(token, { headers: {}, body: '' })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('starts nothing for an owner who may not generate any more, and says so', async () => {
    const { principal: eve } = await makeAccount('eve', 'viewer')
    const { variantId, runId } = await generatingVariant('eve', 'mine')
    await finishRun(runId, outcome())
    await expect(createHook(eve, { name: 'mine' }, ask)).rejects.toMatchObject({ code: 'forbidden' })
    const { path } = await createHook(
      await adminPrincipal(),
      { name: 'mine', owner: 'eve' },
      { needs_signature: false },
    )
    const answer = await deliver(path.slice('/api/hooks/'.length), { headers: {}, body: '' })
    expect(answer).toMatchObject({
      variants: [{ result: 'refused' }],
      detail: expect.stringContaining('Viewers may not'),
    })
    expect((await findVariantById(variantId))?.status).toBe('ready')
  })

  it('whose secret was stored with another key takes nothing, signed or not, and says what to do', async () => {
    const { ann, variantId } = await documented()
    const { path } = await createHook(ann, { name: 'lib' }, { needs_signature: false })
    await write((tx) => tx.update(hooks).set({ sealedSecret: seal('whsec_AAAA', 'another project') }))
    const delivery = deliver(path.slice('/api/hooks/'.length), { headers: {}, body: '' })
    await expect(delivery).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('make a new hook'),
    })
    expect((await findVariantById(variantId))?.status).toBe('ready')
  })

  it('lies in the database without token and secret', async () => {
    const { token, secret } = await documented()
    for (const name of ['docsfy.db', 'docsfy.db-wal']) {
      const bytes = readFileSync(join(dataDir, name))
      for (const hidden of [token, secret, secret.slice(6)]) expect(bytes.includes(hidden)).toBe(false)
    }
  })
})
