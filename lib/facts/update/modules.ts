import type { ModuleFact } from '#lib/domain/facts.ts'
import { type ModuleSources, modulesOf } from '#lib/facts/modules.ts'
import type { Update } from './update.ts'

/** Modules: those of before unless a file came or went, or a header, an import or a rank is other. */
export function updatedModules(update: Update, sources: ModuleSources, areImportsMoved: boolean): ModuleFact[] {
  const { changed, records, request } = update
  const old = request.before.facts
  const isSame = [...changed].every((path) => {
    const [before, now] = [records.before.get(path)?.fact, records.after.get(path)?.fact]
    return before && now && JSON.stringify(before.header) === JSON.stringify(now.header)
  })
  return isSame && !areImportsMoved && sources.fileRank === old.fileRank ? old.modules : modulesOf(sources)
}
