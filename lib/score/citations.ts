import type { RepositoryText } from '#lib/score/repository-text.ts'

interface Target {
  path: string
  start: number
  end: number
}

export function isCitation(href: string): boolean {
  return href.startsWith('source:')
}

/** File and lines a `source:path#L3-L9` link names; null when it is malformed. */
export function citationTarget(href: string): Target | null {
  const match = /^source:([^#]+)#L(\d+)(?:-L(\d+))?$/.exec(href)
  if (!match?.[1]) return null
  const start = Number(match[2])
  try {
    return { path: decodeURIComponent(match[1]), start, end: Number(match[3] ?? start) }
  } catch {
    return null
  }
}

/** Why a citation does not resolve, or null when its file exists at the commit and its lines lie inside it. */
export async function checkCitation(href: string, repository: RepositoryText): Promise<string | null> {
  const target = citationTarget(href)
  if (!target) return 'not of the form path#L3-L9'
  const lines = await repository.lineCount(target.path)
  if (lines === null) return `no file "${target.path}" at the commit`
  if (target.start < 1 || target.end < target.start) return 'the line range is empty'
  return target.end <= lines ? null : `"${target.path}" has ${lines} lines`
}
