import type { DocumentFact, Facts } from '#lib/domain/facts.ts'
import { dirOf } from './imports/paths.ts'
import type { Manifests } from './manifests.ts'
import { firstParagraph } from './modules.ts'

/** One paragraph about the project: the root manifest's description, else the README's first prose. */
export function descriptionOf(manifests: Manifests, documents: DocumentFact[]): Facts['description'] {
  const described = manifests.descriptions.find(({ range }) => dirOf(range.path) === '')
  if (described) return described
  const readme = documents.find(({ path }) => /^readme\.(?:md|markdown|rst)$/i.test(path))
  return readme ? firstParagraph(readme) : null
}
