/** Closed vocabularies of the product. Each tuple feeds the column enum, the schema, the type and the tables. */
export const PAGE_TYPES = ['guide', 'reference', 'recipe', 'concept'] as const
export type PageType = (typeof PAGE_TYPES)[number]

export const REPO_TYPES = ['app', 'library', 'framework', 'tests'] as const
export type RepoType = (typeof REPO_TYPES)[number]

export const ROLES = ['admin', 'user', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** The built-in account; its key is ADMIN_KEY. Reserved in any letter case. */
export const ADMIN_USERNAME = 'admin'
