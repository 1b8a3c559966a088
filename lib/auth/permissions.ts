import type { Role } from '#lib/domain/kinds.ts'

/** What a caller is to a project. */
export const RELATIONS = ['owner', 'granted', 'none'] as const
export type Relation = (typeof RELATIONS)[number]

/** Everything that needs permission. `project.*` asks about one project, the others only about the role. */
export const ACTIONS = [
  'project.read',
  'project.change',
  'account.use',
  'projects.list',
  'generation.start',
  'generation.start_local',
  'users.manage',
  'access.manage',
  'server.inspect',
] as const
export type Action = (typeof ACTIONS)[number]

/** What the caller gets: it, a 403, or a 404 as if the thing did not exist. */
export type Decision = 'allow' | 'forbid' | 'hide'

const PROJECT_TABLE = {
  'project.read': {
    admin: { owner: 'allow', granted: 'allow', none: 'allow' },
    user: { owner: 'allow', granted: 'allow', none: 'hide' },
    viewer: { owner: 'allow', granted: 'allow', none: 'hide' },
  },
  'project.change': {
    admin: { owner: 'allow', granted: 'allow', none: 'allow' },
    user: { owner: 'allow', granted: 'forbid', none: 'hide' },
    viewer: { owner: 'forbid', granted: 'forbid', none: 'hide' },
  },
} as const satisfies Partial<Record<Action, Record<Role, Record<Relation, Decision>>>>
export type ProjectAction = keyof typeof PROJECT_TABLE

const ROLE_TABLE = {
  'account.use': { admin: 'allow', user: 'allow', viewer: 'allow' },
  'projects.list': { admin: 'allow', user: 'allow', viewer: 'allow' },
  'generation.start': { admin: 'allow', user: 'allow', viewer: 'forbid' },
  'generation.start_local': { admin: 'allow', user: 'forbid', viewer: 'forbid' },
  'users.manage': { admin: 'allow', user: 'forbid', viewer: 'forbid' },
  'access.manage': { admin: 'allow', user: 'forbid', viewer: 'forbid' },
  'server.inspect': { admin: 'allow', user: 'forbid', viewer: 'forbid' },
} as const satisfies Record<Exclude<Action, ProjectAction>, Record<Role, Decision>>
export type RoleAction = keyof typeof ROLE_TABLE

/** Whether an action asks about one project. */
export function isProjectAction(action: Action): action is ProjectAction {
  return action in PROJECT_TABLE
}

/** The permission table: what this role may do. */
export function decide(role: Role, action: RoleAction): Decision {
  return ROLE_TABLE[action][role]
}

/** The permission table: what this role may do with a project it stands in `relation` to. */
export function decideOnProject(role: Role, relation: Relation, action: ProjectAction): Decision {
  return PROJECT_TABLE[action][role][relation]
}
