/** A claim that the code does not bear out, or a place where something is missing. */
export interface ScoreMiss {
  /** File of the documentation relative to the target; null when no page is to blame. */
  page: string | null
  /** 1-based; 0 for the page as a whole. */
  line: number
  claim: string
  /** What the code says instead. */
  found: string
}

/** What one measure found. */
export interface Finding {
  /** Share, count or number of lines; null when there was nothing to measure. */
  value: number | null
  /** How many claims, pages or symbols were looked at. */
  checked: number
  misses: ScoreMiss[]
  /** A figure beside the value, such as the control of citations. */
  note?: string
}

/** The share of `checked` that is not a miss. */
export function shareFinding(checked: number, misses: ScoreMiss[], note?: string): Finding {
  return { value: checked === 0 ? null : (checked - misses.length) / checked, checked, misses, note }
}

/** The number of misses among `checked`. */
export function countFinding(checked: number, misses: ScoreMiss[], note?: string): Finding {
  return { value: misses.length, checked, misses, note }
}
