/** The seven stages of a run, in the order they are entered. The id is the file name, the database value and the wire value. */
export const STAGES = [
  'cloning',
  'planning',
  'incremental_planning',
  'generating_pages',
  'validating',
  'cross_linking',
  'rendering',
] as const
export type Stage = (typeof STAGES)[number]

/** Marker in `current_stage` of a ready variant whose last run found nothing to do. Never an in-flight stage. */
export const UP_TO_DATE = 'up_to_date'
export const CURRENT_STAGES = [...STAGES, UP_TO_DATE] as const
export type CurrentStage = (typeof CURRENT_STAGES)[number]

export const STATUSES = ['generating', 'ready', 'error', 'aborted'] as const
export type Status = (typeof STATUSES)[number]

export const TERMINAL_STATUSES = ['ready', 'error', 'aborted'] as const
export type TerminalStatus = (typeof TERMINAL_STATUSES)[number]

export const STAGE_LABELS = {
  cloning: 'Cloning repository',
  planning: 'Planning documentation',
  incremental_planning: 'Planning incremental update',
  generating_pages: 'Generating pages',
  validating: 'Validating pages',
  cross_linking: 'Cross-linking pages',
  rendering: 'Rendering site',
} as const satisfies Record<Stage, string>

export const STATUS_LABELS = {
  generating: 'Generating',
  ready: 'Ready',
  error: 'Error',
  aborted: 'Aborted',
} as const satisfies Record<Status, string>

export const ABORTED_MESSAGE = 'Generation aborted by user'
export const RESTARTED_MESSAGE = 'Server restarted during generation'
export const UP_TO_DATE_MESSAGE = 'Documentation is already up to date.'
