import type { RepositoryFiles } from '#lib/testing/temp-repository.ts'

/** Numbers from 0 (inclusive) to 1 (exclusive), the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Lines = string[]
type Pick = <Value>(list: readonly Value[]) => Value

/** What people do to one file, as seen by its lines. */
const EDITS: ((lines: Lines, pick: Pick) => Lines)[] = [
  (lines, pick) => lines.toSpliced(pick([...lines.keys()]), 0, ''),
  (lines, pick) => lines.toSpliced(pick([...lines.keys()]), 0, '', ''),
  (lines) => ['', ...lines],
  (lines, pick) => lines.toSpliced(pick([...lines.keys()]), 1),
  (lines, pick) => {
    const at = pick([...lines.keys()])
    return lines.toSpliced(at, 0, lines[at] ?? '')
  },
  (lines, pick) => replaceIn(lines, pick, [/\b(export (?:async )?function \w+)\(/, '$1Renamed(']),
  (lines, pick) => replaceIn(lines, pick, [/^( *(?:\/\*\*|\*|#|\/\/) )(\w+)/, '$1Changed $2']),
  (lines, pick) => replaceIn(lines, pick, [/\b(\d+)\b/, '1$1']),
  (lines, pick) => replaceIn(lines, pick, [/(\w)\)(?=[:{ ])/, '$1, extra = 1)']),
]

/** One to three random changes of files: lines come, go, double or change, files are removed, copied or renamed. */
export function randomEdit(files: ReadonlyMap<string, string>, random: () => number): RepositoryFiles {
  const pick: Pick = (list) => list[Math.floor(random() * list.length)] as (typeof list)[number]
  const changes: RepositoryFiles = {}
  const paths = [...files.keys()].sort()
  for (let count = 1 + Math.floor(random() * 3); count > 0; count -= 1) {
    const path = pick(paths)
    const text = files.get(path) ?? ''
    const dice = random()
    if (dice < 0.04 && paths.length > 5) changes[path] = null
    else if (dice < 0.08) changes[besides(path, 'copy-of')] = text
    else if (dice < 0.12) Object.assign(changes, { [path]: null, [besides(path, 'moved')]: text })
    else changes[path] = pick(EDITS)(text.split('\n'), pick).join('\n')
  }
  return changes
}

function besides(path: string, prefix: string): string {
  const at = path.lastIndexOf('/') + 1
  return `${path.slice(0, at)}${prefix}-${path.slice(at)}`
}

function replaceIn(lines: Lines, pick: Pick, [pattern, by]: [RegExp, string]): Lines {
  const fitting = [...lines.entries()].filter(([, line]) => pattern.test(line)).map(([at]) => at)
  if (fitting.length === 0) return lines
  const at = pick(fitting)
  return lines.with(at, (lines[at] ?? '').replace(pattern, by))
}
