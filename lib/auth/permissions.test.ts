import { describe, expect, it } from 'vitest'
import { ACTIONS, type Decision, decide, decideOnProject, isProjectAction, RELATIONS } from '#lib/auth/permissions.ts'
import { ROLES } from '#lib/domain/kinds.ts'

/** Rows written out by hand, so that a change of the table is a change of this list. */
const PROJECTS: Record<string, Decision> = {
  'admin project.read owner': 'allow',
  'admin project.read granted': 'allow',
  'admin project.read none': 'allow',
  'admin project.change owner': 'allow',
  'admin project.change granted': 'allow',
  'admin project.change none': 'allow',
  'user project.read owner': 'allow',
  'user project.read granted': 'allow',
  'user project.read none': 'hide',
  'user project.change owner': 'allow',
  'user project.change granted': 'forbid',
  'user project.change none': 'hide',
  'viewer project.read owner': 'allow',
  'viewer project.read granted': 'allow',
  'viewer project.read none': 'hide',
  'viewer project.change owner': 'forbid',
  'viewer project.change granted': 'forbid',
  'viewer project.change none': 'hide',
}
const ALLOWED: Record<string, string[]> = {
  admin: ACTIONS.filter((action) => !isProjectAction(action)),
  user: ['account.use', 'projects.list', 'generation.start'],
  viewer: ['account.use', 'projects.list'],
}

describe('the permission table', () => {
  it('says what each role may do with a project it owns, was granted or has nothing to do with', () => {
    const table: Record<string, Decision> = {}
    for (const role of ROLES)
      for (const action of ACTIONS.filter(isProjectAction))
        for (const relation of RELATIONS)
          table[`${role} ${action} ${relation}`] = decideOnProject(role, relation, action)
    expect(table).toEqual(PROJECTS)
  })

  it('says what each role may do otherwise', () => {
    for (const role of ROLES)
      for (const action of ACTIONS)
        if (!isProjectAction(action))
          expect([role, action, decide(role, action)]).toEqual([
            role,
            action,
            ALLOWED[role]?.includes(action) ? 'allow' : 'forbid',
          ])
  })
})
