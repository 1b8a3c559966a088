import type { Snapshot } from '#lib/domain/snapshot.ts'
import type { Citation, Context } from '#lib/score/context.ts'
import { Ground } from '#lib/score/ground.ts'

/** Gives the repository at an earlier commit; null when it is not there any more. */
export type History = (commit: string) => Promise<Snapshot | null>

const COMMIT = /^[0-9a-f]{40}$/
/** Names that forges and people give the line of development the documentation is about. */
const CURRENT = /^(?:HEAD|main|master|trunk|develop|dev|default|next|latest)$/i
const VERSION = /(?:^|[-/])v?\d+(?:\.\w+)*$/i

/** Whether a citation speaks of the commit that is scored: it names none, this one, or its branch. */
export function isOfThisCommit(
  { ref, path }: Pick<Citation, 'ref' | 'path'>,
  { ground }: Pick<Context, 'ground'>,
): boolean {
  if (ref === null || ref === ground.commit) return true
  if (COMMIT.test(ref) || VERSION.test(ref)) return false
  return CURRENT.test(ref) || ground.text.hasPath(path)
}

/** The repository at the commits that links name, each opened once. */
export class EarlierGrounds {
  private readonly known = new Map<string, Ground | null>()
  private readonly context: Context
  private readonly history: History | undefined

  constructor(context: Context, history: History | undefined) {
    this.context = context
    this.history = history
  }

  /** Null for what is no commit, or none of this repository. */
  async of(commit: string): Promise<Ground | null> {
    if (!this.history || !COMMIT.test(commit)) return null
    const { ground, signal } = this.context
    if (commit === ground.commit) return ground
    const known = this.known.get(commit)
    if (known !== undefined) return known
    const snapshot = await this.history(commit)
    const found = snapshot && new Ground({ snapshot, facts: ground.facts, signal })
    this.known.set(commit, found)
    return found
  }
}
