import type { SourceRange } from '#lib/domain/facts.ts'

/** Compares text by code units: the same on every machine, unlike a locale's order. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Compares places by path, then line. */
export function byPlace(a: SourceRange, b: SourceRange): number {
  return byText(a.path, b.path) || a.start - b.start || a.end - b.end
}
