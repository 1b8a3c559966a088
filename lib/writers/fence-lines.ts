/** A fenced code block that a line belongs to. */
export interface FenceLine {
  /** Indices of its first and last line. */
  from: number
  to: number
  /** It is never closed and goes on to the end. */
  isOpen: boolean
}

/** For every line the code block it belongs to, delimiters and all; null outside. One pass. */
export function fenceLines(lines: readonly string[]): (FenceLine | null)[] {
  const found: (FenceLine | null)[] = []
  let open: { mark: string; fence: FenceLine } | null = null
  for (const [at, line] of lines.entries()) {
    const [, mark, rest = ''] = /^\s*(`{3,}|~{3,})(.*)$/.exec(line) ?? []
    if (open) {
      open.fence.to = at
      found.push(open.fence)
      if (!mark?.startsWith(open.mark) || rest.trim() !== '') continue
      open.fence.isOpen = false
      open = null
    } else if (mark && !(mark.startsWith('`') && rest.includes('`'))) {
      open = { mark, fence: { from: at, to: at, isOpen: true } }
      found.push(open.fence)
    } else found.push(null)
  }
  return found
}
