import type { Status } from '#lib/domain/stages.ts'

/** How a status is coloured on a terminal. */
export const STATUS_COLOURS = {
  generating: 'cyan',
  ready: 'green',
  error: 'red',
  aborted: 'yellow',
} as const satisfies Record<Status, string>
