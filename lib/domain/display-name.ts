import { projectName } from '#lib/domain/repo-url.ts'

/** Names that are words of our own addresses below /api/projects. */
const RESERVED = new Set(['by-id'])

/** The display name of a repository among the projects of its owner, in any letter case: `name`, else `org-name`, else `org-name-2`, … */
export function freeDisplayName(repository: { name: string; org: string | null }, taken: readonly string[]): string {
  const known = new Set(taken.map((name) => name.toLowerCase()))
  const names = displayNames(repository)
  let name = names.next().value
  while (known.has(name.toLowerCase())) name = names.next().value
  return name
}

/** Best first, without end. */
function* displayNames(repository: { name: string; org: string | null }): Generator<string, never> {
  const name = projectName(repository.name)
  if (!RESERVED.has(name.toLowerCase())) yield name
  const longer = repository.org ? projectName(`${repository.org}-${repository.name}`) : name
  if (longer !== name) yield longer
  for (let n = 2; ; n += 1) yield `${longer}-${n}`
}
