const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/s

/**
 * The fence that is open behind a line, null outside of code; `open` is the one before it. As CommonMark has it, inline code may
 * begin a line with three backticks, and only a mark that stands alone closes. `marks` finds the mark and what is behind it.
 */
export function fenceAfter(line: string, open: string | null, marks: RegExp = FENCE): string | null {
  const [, mark, rest = ''] = marks.exec(line) ?? []
  if (mark === undefined) return open
  if (open !== null) return mark.startsWith(open) && rest.trim() === '' ? null : open
  return mark.startsWith('`') && rest.includes('`') ? null : mark
}
