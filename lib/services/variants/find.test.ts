import { describe, expect, it } from 'vitest'
import { grantAccess, revokeAccess } from '#lib/services/access/manage.ts'
import { startGeneration } from '#lib/services/generations/start.ts'
import { findProject, findVariant } from '#lib/services/variants/find.ts'
import { listProjects } from '#lib/services/variants/list.ts'
import { removeVariant } from '#lib/services/variants/remove.ts'
import { adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { readyVariant } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData()
const query = { name: 'lib', branch: 'main', provider: 'builtin', model: 'static' }

describe('who may see a variant', () => {
  it('prefers the own copy, and hides what is neither own nor granted', async () => {
    const [ann, bob, eve] = await Promise.all([makeAccount('ann'), makeAccount('bob'), makeAccount('eve')])
    const own = await readyVariant('ann', 'lib')
    const other = await readyVariant('bob', 'lib')
    expect((await findVariant(ann.principal, query)).id).toBe(own.variantId)
    expect((await findVariant(bob.principal, query)).id).toBe(other.variantId)
    await expect(findVariant(eve.principal, query)).rejects.toMatchObject({ code: 'not_found' })
    await expect(findVariant(ann.principal, { ...query, owner: 'bob' })).rejects.toMatchObject({ code: 'not_found' })
    expect((await listProjects(eve.principal)).projects).toEqual([])
  })

  it('asks an admin whose copy is meant when several have one', async () => {
    await Promise.all([makeAccount('ann'), makeAccount('bob')])
    await readyVariant('ann', 'lib')
    const other = await readyVariant('bob', 'lib')
    const admin = await adminPrincipal()
    await expect(findVariant(admin, query)).rejects.toMatchObject({ code: 'conflict' })
    await expect(findProject(admin, { name: 'lib' })).rejects.toMatchObject({ code: 'conflict' })
    expect((await findVariant(admin, { ...query, owner: 'bob' })).id).toBe(other.variantId)
  })

  it('lets a granted user read but not change, until the grant is taken back', async () => {
    const [admin, eve] = [await adminPrincipal(), (await makeAccount('eve')).principal]
    await makeAccount('ann')
    await readyVariant('ann', 'lib')
    await grantAccess(admin, { name: 'lib', username: 'eve' })
    expect((await findVariant(eve, query)).owner).toBe('ann')
    await expect(removeVariant(eve, query)).rejects.toMatchObject({ code: 'forbidden' })
    await revokeAccess(admin, { name: 'lib', username: 'eve', owner: 'ann' })
    await expect(findVariant(eve, query)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('forgets grants with the last variant of a project', async () => {
    const [admin, eve] = [await adminPrincipal(), (await makeAccount('eve')).principal]
    const ann = (await makeAccount('ann')).principal
    await readyVariant('ann', 'lib')
    await grantAccess(admin, { name: 'lib', username: 'eve' })
    await removeVariant(ann, query)
    await readyVariant('ann', 'lib')
    await expect(findVariant(eve, query)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('who may start a generation', () => {
  const body = { repo_url: 'https://github.com/org/lib', branch: 'main', force: false }

  it('refuses viewers, and paths for everybody but admins', async () => {
    const viewer = await makeAccount('vic', 'viewer')
    const user = await makeAccount('ann')
    await expect(startGeneration(viewer.principal, body)).rejects.toMatchObject({ code: 'forbidden' })
    const path = { ...body, repo_url: undefined, repo_path: '/tmp' }
    await expect(startGeneration(user.principal, path)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(startGeneration(await adminPrincipal(), path)).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('refuses private, foreign and malformed addresses before anything is stored', async () => {
    const { principal } = await makeAccount('ann')
    const refused = ['http://localhost/a/b', 'http://0x7f.1/a/b', 'https://[::1]/a/b', 'ssh://git@github.com/a/b']
    for (const repo_url of [...refused, 'file:///etc', 'https://user:pass@[::1]/a/b'])
      await expect(startGeneration(principal, { ...body, repo_url })).rejects.toMatchObject({ code: 'refused_address' })
    expect((await listProjects(principal)).projects).toEqual([])
  })

  it('takes user and token out of an address before anything is stored', async () => {
    const { principal } = await makeAccount('ann')
    await startGeneration(principal, { ...body, repo_url: 'https://user:canary-pass@github.com/a/b' })
    const { projects } = await listProjects(principal)
    expect(projects).toMatchObject([{ repo_url: 'https://github.com/a/b' }])
    expect(JSON.stringify(projects)).not.toContain('canary-pass')
  })

  it('answers what was started and refuses a second start while it runs', async () => {
    const { principal } = await makeAccount('ann')
    const started = await startGeneration(principal, body)
    expect(started).toMatchObject({ project: 'lib', status: 'generating', branch: 'main', repo_type: null })
    await expect(
      startGeneration(principal, { ...body, repo_url: 'https://GitHub.com/org/lib.git/' }),
    ).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(startGeneration(principal, { ...body, ai_provider: 'nobody' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })
})
