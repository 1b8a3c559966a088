import { describe, expect, it } from 'vitest'
import { steeringOf } from '#db/queries/steering.ts'
import { grantAccess } from '#lib/services/access/manage.ts'
import { getSteering, setSteering } from '#lib/services/steering/manage.ts'
import { removeVariant } from '#lib/services/variants/remove.ts'
import { adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { readyVariant } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData()
const query = { name: 'lib' }

describe('what the dashboard asks of the documentation of a project', () => {
  it('is set, replaced and taken back by the owner, and reaches the runs of every variant', async () => {
    const { principal } = await makeAccount('ann')
    const { variantId } = await readyVariant('ann', 'lib')
    expect(await getSteering(principal, query)).toEqual({ steering: {}, updated_by: null, updated_at: null })
    expect(await steeringOf(variantId)).toEqual({})
    const set = await setSteering(principal, query, { tone: 'calm', language: 'de' })
    expect(set).toMatchObject({ steering: { tone: 'calm', language: 'de' }, updated_by: 'ann' })
    expect(await steeringOf(variantId)).toEqual({ tone: 'calm', language: 'de' })
    await setSteering(principal, query, { tone: 'lively' })
    expect((await getSteering(principal, query)).steering).toEqual({ tone: 'lively' })
    await setSteering(principal, query, {})
    expect(await getSteering(principal, query)).toEqual({ steering: {}, updated_by: null, updated_at: null })
    expect(await steeringOf(variantId)).toEqual({})
  })

  it('is for those who may change the project, and goes with it', async () => {
    const [admin, eve] = [await adminPrincipal(), (await makeAccount('eve')).principal]
    const ann = (await makeAccount('ann')).principal
    await readyVariant('ann', 'lib')
    await expect(setSteering(eve, query, { tone: 'x' })).rejects.toMatchObject({ code: 'not_found' })
    await grantAccess(admin, { name: 'lib', username: 'eve' })
    await expect(setSteering(eve, query, { tone: 'x' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(getSteering(eve, query)).rejects.toMatchObject({ code: 'forbidden' })
    await setSteering(admin, { ...query, owner: 'ann' }, { tone: 'calm' })
    await removeVariant(ann, { name: 'lib', branch: 'main', provider: 'builtin', model: 'static' })
    const { variantId } = await readyVariant('ann', 'lib')
    expect(await steeringOf(variantId)).toEqual({})
  })
})
