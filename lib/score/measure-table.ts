export const SCORE_GROUPS = ['truth', 'coverage', 'craft'] as const
export type ScoreGroup = (typeof SCORE_GROUPS)[number]

/** What a value must reach, or must not exceed. */
export type Gate = { atLeast: number } | { atMost: number }

export interface MeasureRule {
  /** Number in the specification of measures. */
  number: number
  title: string
  /** Null for a figure that is shown and does not count. */
  group: ScoreGroup | null
  unit: 'share' | 'count' | 'lines'
  gate: Gate | null
  weight: number
  /** What it means when there is nothing to measure: left out of the mean, or no points. */
  none: 'left out' | 'no points'
}

/**
 * Every measure with its gate, its weight in the total of 100, and what an absent subject means. Documentation without
 * citations has no proof for what it says, so support and density give no points; how tight or right absent citations
 * are is left out. All else that a target does not have (links, diagrams, flags) is left out, and so is its weight.
 * A measure at its gate or better has full marks; below it, marks fall in proportion.
 */
export const MEASURE_RULES = {
  links: rule([1, 'Internal links and anchors exist', 'craft', 'share', { atLeast: 1 }, 5]),
  orphans: rule([2, 'Pages that navigation does not reach', 'craft', 'count', { atMost: 0 }, 3]),
  citations_resolve: rule([3, 'Citations resolve', 'truth', 'share', { atLeast: 1 }, 6]),
  citations_support: rule(
    [4, 'Citations show what their sentence names', 'truth', 'share', { atLeast: 0.95 }, 10],
    'no points',
  ),
  citations_tight_median: rule([5, 'Lines per citation, median', 'craft', 'lines', { atMost: 25 }, 2]),
  citations_tight_p90: rule([5, 'Lines per citation, 90th percentile', 'craft', 'lines', { atMost: 80 }, 1]),
  citations_dense_pages: rule([6, 'Pages with a citation', 'coverage', 'share', { atLeast: 1 }, 4], 'no points'),
  citations_dense_paragraphs: rule([
    6,
    'Paragraphs of prose with a citation',
    'coverage',
    'share',
    { atLeast: 0.6 },
    4,
  ]),
  paths: rule([7, 'Paths exist', 'truth', 'share', { atLeast: 0.99 }, 6]),
  identifiers: rule([8, 'Identifiers occur in the repository', 'truth', 'share', { atLeast: 0.99 }, 8]),
  symbols_reference: rule([9, 'Public symbols named as code', 'coverage', 'share', { atLeast: 1 }, 7]),
  symbols_prose: rule([9, 'Most used public symbols named in prose', 'coverage', 'share', { atLeast: 0.6 }, 3]),
  files: rule([10, 'Source files reached', 'coverage', 'share', { atLeast: 0.95 }, 6]),
  interfaces: rule([
    11,
    'Flags, commands, variables, keys, routes, models and scripts named',
    'coverage',
    'share',
    { atLeast: 1 },
    6,
  ]),
  signatures: rule([12, 'Signatures agree with the code', 'truth', 'share', { atLeast: 1 }, 6]),
  examples: rule([13, 'Examples parse, their names exist', 'truth', 'share', { atLeast: 0.98 }, 4]),
  diagrams_parse: rule([14, 'Diagrams parse', 'truth', 'share', { atLeast: 1 }, 3]),
  diagrams_grounded: rule([14, 'Nodes and edges are in the code', 'truth', 'share', { atLeast: 1 }, 3]),
  repetition: rule([15, 'Prose that other pages repeat', 'craft', 'share', { atMost: 0.05 }, 3]),
  thin_pages: rule([16, 'Pages under 100 words', 'craft', 'count', { atMost: 0 }, 2]),
  contradictions: rule([17, 'Values that pages disagree on', 'truth', 'count', { atMost: 0 }, 4]),
  leakage: rule([18, 'Talk of a model, secrets', 'craft', 'count', { atMost: 0 }, 4]),
  staleness: rule([19, 'Citations whose text changed since', null, 'share', null, 0]),
} as const satisfies Record<string, MeasureRule>

export type MeasureId = keyof typeof MEASURE_RULES
export const MEASURE_IDS = Object.keys(MEASURE_RULES) as MeasureId[]

type Row = [number, string, ScoreGroup | null, MeasureRule['unit'], Gate | null, number]

function rule([number, title, group, unit, gate, weight]: Row, none: MeasureRule['none'] = 'left out'): MeasureRule {
  return { number, title, group, unit, gate, weight, none }
}

/** Points from 0 to 1 for a value; null when it does not count. `checked` is what a count is a part of. */
export function pointsFor({ gate, none, unit }: MeasureRule, value: number | null, checked: number): number | null {
  if (gate === null) return null
  if (value === null) return none === 'no points' ? 0 : null
  if ('atLeast' in gate) return Math.min(1, value / gate.atLeast)
  if (value <= gate.atMost) return 1
  if (unit === 'count') return Math.max(0, 1 - value / Math.max(1, checked))
  return gate.atMost / value
}

/** Whether a value holds its gate; a measure that is left out holds it. */
export function holds({ gate, none }: MeasureRule, value: number | null): boolean {
  if (gate === null) return true
  if (value === null) return none === 'left out'
  return 'atLeast' in gate ? value >= gate.atLeast : value <= gate.atMost
}
