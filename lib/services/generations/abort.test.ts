import { expect, it } from 'vitest'
import { grantAccess } from '#lib/services/access/manage.ts'
import { abortProject, abortVariant } from '#lib/services/generations/abort.ts'
import { adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { generatingVariant, readyVariant } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData()
const name = 'lib'
const variant = { name, branch: 'main', provider: 'builtin', model: 'static' }

it('by name: means the only running one, also for an admin when several owners have the project', async () => {
  const [admin, ann] = [await adminPrincipal(), (await makeAccount('ann')).principal]
  await readyVariant('bob', name)
  await generatingVariant('ann', name)
  expect(await abortProject(admin, { name })).toEqual({ aborted: name })
  await expect(abortProject(admin, { name })).rejects.toMatchObject({ code: 'not_found' })
  await expect(abortProject(ann, { name: 'other' })).rejects.toMatchObject({ code: 'not_found' })
})

it('by name: asks which one when several run, of one owner or of several', async () => {
  const [admin, ann] = [await adminPrincipal(), (await makeAccount('ann')).principal]
  await generatingVariant('ann', name)
  await generatingVariant('ann', name, { branch: 'next' })
  await generatingVariant('bob', name)
  await expect(abortProject(ann, { name })).rejects.toMatchObject({ code: 'conflict' })
  await expect(abortProject(admin, { name })).rejects.toMatchObject({ code: 'conflict' })
  expect(await abortProject(admin, { name, owner: 'bob' })).toEqual({ aborted: name })
})

it('of a variant: once, by its owner, not by those who may only read it', async () => {
  const [ann, eve] = [(await makeAccount('ann')).principal, (await makeAccount('eve')).principal]
  await generatingVariant('ann', name)
  await grantAccess(await adminPrincipal(), { name, owner: 'ann', username: 'eve' })
  await expect(abortVariant(eve, variant)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(abortProject(eve, { name })).rejects.toMatchObject({ code: 'forbidden' })
  expect(await abortVariant(ann, variant)).toEqual({ aborted: 'lib/main/builtin/static' })
  await expect(abortVariant(ann, variant)).rejects.toMatchObject({ code: 'conflict' })
})
