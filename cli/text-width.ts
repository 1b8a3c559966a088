import stringWidth from 'string-width'

const graphemes = new Intl.Segmenter()

/** Columns of a terminal that `text` takes; it must hold no control characters. */
export function textWidth(text: string): number {
  return stringWidth(text)
}

/** `text` in at most `width` columns; what is cut off is shown as `…`. Nothing that people see as one sign is cut in two. */
export function cutText(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  let cut = ''
  let taken = 1
  for (const { segment } of graphemes.segment(text)) {
    taken += textWidth(segment)
    if (taken > width) break
    cut += segment
  }
  return width > 0 ? `${cut}…` : ''
}
