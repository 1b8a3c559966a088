/** The fence that is open behind a line: `mark` is the line's own, absent where it has none. A shorter or other one is text. */
export function openFence(mark: string | undefined, fence: string | null): string | null {
  if (!mark) return fence
  if (fence === null) return mark
  return mark[0] === fence[0] && mark.length >= fence.length ? null : fence
}
