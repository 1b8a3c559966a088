import type { Snapshot } from '#lib/domain/snapshot.ts'

/** Sentences on entries of the tree that are no files of this repository: links and submodules. */
export function unreadEntries({ skippedEntries }: Pick<Snapshot, 'skippedEntries'>): string[] {
  const of = (wanted: string) => skippedEntries.filter(({ kind }) => kind === wanted).map(({ path }) => path)
  const [links, modules] = [of('symlink'), of('submodule')]
  const sentences: string[] = []
  if (links.length > 0)
    sentences.push(`${links.length} symbolic link${links.length > 1 ? 's were' : ' was'} not followed (${links[0]}).`)
  if (modules.length > 0)
    sentences.push(`${modules.length} submodule${modules.length > 1 ? 's were' : ' was'} not read (${modules[0]}).`)
  return sentences
}
