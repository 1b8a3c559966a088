import { execFileSync } from 'node:child_process'

/** One state of a repository that is built, and how the walk came there. */
export interface Step {
  commit: string
  how: string
}

/** How far a jump looks for a commit that is telling, at most and at least, and how far steps back and forth go. */
const FAR = 60
const LEAST_FAR = 3
const NEAR = 12
const BACK = 9
/** What is done in turn until there are enough steps. */
const MOVES = ['telling', 'next', 'merge', 'back', 'telling', 'next', 'tag', 'telling'] as const
/** Changes of these say more of a repository than most. */
const MANIFESTS =
  /(?:^|\/)(?:package\.json|tsconfig[^/]*\.json|go\.mod|Cargo\.toml|pyproject\.toml|setup\.(?:py|cfg)|composer\.json|[^/]+\.(?:csproj|gemspec)|pom\.xml|build\.gradle(?:\.kts)?|README[^/]*|\.gitattributes|\.gitmodules|docsfy\.ya?ml|LICENSE[^/]*)$/i

interface Walk {
  gitDir: string
  steps: number
  /** How many commits before the tip it begins. */
  back: number
}

/**
 * Commits along the first parents, in the order in which they are built: jumps to the parent of a commit that moves, removes or
 * retypes files or changes a manifest, that commit, its child, both sides of a merge and the merge, a step back, a tag.
 */
export function walkOf({ gitDir, steps, back }: Walk): Step[] {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', gitDir, ...args], { encoding: 'utf8', maxBuffer: 2 ** 30 })
  const line = lines(git('rev-list', '--first-parent', '--reverse', 'HEAD'))
  const tags = new Set(
    lines(git('for-each-ref', '--format=%(*objectname)%(objectname)', 'refs/tags')).map((ids) => ids.slice(0, 40)),
  )
  const told = new Map<string, number>()
  let at = Math.max(0, line.length - 1 - back)
  const far = Math.max(LEAST_FAR, Math.min(FAR, Math.floor((2 * (line.length - 1 - at)) / steps)))
  const walked: Step[] = []
  const go = (commit: string | undefined, how: string) => {
    if (commit !== undefined && commit !== walked.at(-1)?.commit) walked.push({ commit, how })
  }
  const weightOf = (commit: string) => {
    const weight =
      told.get(commit) ?? weightOfChanges(git('diff-tree', '-r', '-M', '--name-status', `${commit}^1`, commit))
    told.set(commit, weight)
    return weight
  }
  const moves: Record<(typeof MOVES)[number], () => void> = {
    telling() {
      const ahead = line.slice(at + 1, at + far)
      const found = ahead.reduce((best, commit) => (weightOf(commit) > weightOf(best) ? commit : best), ahead[0] ?? '')
      if (found === '') return
      at = line.indexOf(found)
      go(line[at - 1], 'before what changes much')
      go(found, 'what changes much')
    },
    next() {
      at = Math.min(at + 1, line.length - 1)
      go(line[at], 'the next one')
    },
    merge() {
      const merge = line
        .slice(at + 1, at + far)
        .find((commit) => git('rev-list', '--parents', '-1', commit).trim().split(' ').length > 2)
      if (merge === undefined) return
      at = line.indexOf(merge)
      go(git('rev-parse', `${merge}^2`).trim(), 'the side of a merge')
      go(merge, 'the merge')
    },
    back() {
      const from = at
      at = Math.max(0, at - BACK)
      go(line[at], 'back')
      at = Math.min(from + NEAR, line.length - 1)
      go(line[at], 'forth')
    },
    tag() {
      const tag = line.slice(at + 1, at + far).find((commit) => tags.has(commit))
      if (tag === undefined) return
      at = line.indexOf(tag)
      go(tag, 'a tag')
    },
  }
  go(line[at], 'the beginning')
  while (walked.length <= steps && at < line.length - 1) for (const move of MOVES) moves[move]()
  return walked.slice(0, steps + 1)
}

function weightOfChanges(nameStatus: string): number {
  let weight = 0
  for (const [, kind = '', paths = ''] of nameStatus.matchAll(/^([A-Z])\d*\t(.*)$/gm)) {
    const own = kind === 'M' ? 0.05 : kind === 'A' ? 0.5 : 2
    weight += own + (paths.split('\t').some((path) => MANIFESTS.test(path)) ? 2 : 0)
  }
  // What changes nearly everything is a full run in all but name.
  return weight > 150 ? 1 : weight
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}
