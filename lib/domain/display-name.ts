import { projectName } from '#lib/domain/repo-url.ts'

/** Names that are words of our own addresses below /api/projects. */
const RESERVED = new Set(['by-id'])

/** Display names for a repository, best first, without end: `name`, `org-name`, `org-name-2`, … The first free one is taken. */
export function* displayNames(repository: { name: string; org: string | null }): Generator<string, never> {
  const name = projectName(repository.name)
  if (!RESERVED.has(name.toLowerCase())) yield name
  const longer = repository.org ? projectName(`${repository.org}-${repository.name}`) : name
  if (longer !== name) yield longer
  for (let n = 2; ; n += 1) yield `${longer}-${n}`
}
