import { RESTARTED_MESSAGE, type Stage } from '#lib/domain/stages.ts'

/** What to do after a failed run. */
export interface Advice {
  sentence: string
  /** A branch that exists, when the one that was asked for does not. */
  branch: string | null
}

const BY_STAGE: Record<Stage, string> = {
  cloning: 'Check the address and the branch, and whether this server may and can reach it; then regenerate.',
  planning: 'Regenerate. If planning fails again, give the repository type yourself in a new generation.',
  incremental_planning: 'Regenerate with force: everything is planned and written anew.',
  generating_pages: 'Resume: pages that were written are kept and only the others are tried again.',
  validating: 'Resume: the pages that were written are kept.',
  cross_linking: 'Resume: the pages that were written are kept.',
  rendering: 'Resume: the pages are kept and only the site is made again. See whether the disk is full.',
}

/** `failedStage` is null when it is not known, or when no stage was reached. */
export function adviceFor(message: string | null, failedStage: Stage | null): Advice {
  const branch = /its default branch is "([^"]+)"/.exec(message ?? '')?.[1] ?? null
  if (branch) return { sentence: `Generate the branch that exists instead.`, branch }
  if (message === RESTARTED_MESSAGE)
    return {
      sentence: 'Resume: pages already written stay and are not written again. When there is no page yet, regenerate.',
      branch,
    }
  const sentence = failedStage ? BY_STAGE[failedStage] : 'Regenerate. If it fails again, the server log says why.'
  return { sentence, branch }
}
