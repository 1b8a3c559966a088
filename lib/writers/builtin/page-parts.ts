import type { Facts } from '#lib/domain/facts.ts'
import type { PlanPage } from '#lib/domain/plan.ts'
import { factsIndex } from './facts-index.ts'
import type { ModulePage } from './module-pages.ts'

export interface PlannedModule {
  page: PlanPage
  content: ModulePage
}

/** By slug of a page: those with files of its folder, or classes of its file, that would have made it too long. */
export function partsOfPages(facts: Facts, planned: PlannedModule[]): Map<string, PlannedModule[]> {
  const index = factsIndex(facts)
  const bySubject = new Map(planned.map(({ page, content }) => [content.subject, page.slug]))
  const folders = new Map<string, string>()
  for (const { page, content } of planned) {
    const isFolder = !content.subject.includes('#') && !index.files.has(content.subject)
    if (isFolder) for (const path of content.modules) folders.set(path, page.slug)
  }
  const parts = new Map<string, PlannedModule[]>()
  for (const one of planned) {
    const { subject } = one.content
    const [path = ''] = subject.split('#')
    if (!index.files.has(path)) continue
    const home = (subject === path ? undefined : bySubject.get(path)) ?? folders.get(index.moduleOf.get(path) ?? '')
    if (home !== undefined) parts.set(home, [...(parts.get(home) ?? []), one])
  }
  return parts
}
