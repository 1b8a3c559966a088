import { expect, it } from 'vitest'
import { relationTo } from '#lib/auth/audience.ts'
import { decideOnProject } from '#lib/auth/permissions.ts'
import { ROLES } from '#lib/domain/kinds.ts'
import { isDocsfyError } from '#lib/errors.ts'
import { Roster } from '#lib/live/roster.ts'
import { grantAccess } from '#lib/services/access/manage.ts'
import { findVariant } from '#lib/services/variants/find.ts'
import { listProjects } from '#lib/services/variants/list.ts'
import { adminPrincipal, makeAccount } from '#lib/testing/accounts.ts'
import { readyVariant } from '#lib/testing/stored-variant.ts'
import { withTemporaryData } from '#lib/testing/temp-database.ts'

withTemporaryData()

it('list, look-up and live events show a project to exactly those whom the permission table lets read it', async () => {
  const admin = await adminPrincipal()
  const people = [admin]
  for (const role of ROLES)
    for (const relation of ['owner', 'granted', 'none']) {
      const { principal } = await makeAccount(`${role}-${relation}`, role)
      people.push(principal)
    }
  const projects = []
  for (const owner of ROLES.map((role) => `${role}-owner`)) {
    await readyVariant(owner, `of-${owner}`)
    projects.push({ owner, name: `of-${owner}` })
    for (const role of ROLES) await grantAccess(admin, { owner, name: `of-${owner}`, username: `${role}-granted` })
  }
  const roster = new Roster()
  for (const principal of people) roster.join(principal)
  for (const principal of people)
    for (const project of projects) {
      const allowed = decideOnProject(principal.role, relationTo(principal, project), 'project.read') === 'allow'
      const listed = (await listProjects(principal)).projects.some(({ owner }) => owner === project.owner)
      const found = await findVariant(principal, { ...project, branch: 'main', provider: 'builtin', model: 'static' })
        .then(() => true)
        .catch((error) => !(isDocsfyError(error) && error.code === 'not_found'))
      const told = [...roster.audienceOf(project)].some(({ username }) => username === principal.username)
      const line = `${principal.username} and ${project.name}:`
      expect(`${line} list ${listed}, found ${found}, told ${told}`).toBe(
        `${line} list ${allowed}, found ${allowed}, told ${allowed}`,
      )
    }
})
