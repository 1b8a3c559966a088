/** `12 s`, `3 min 05 s`, `1 h 04 min`; below ten seconds with one decimal; `< 0.1 s` below that. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 0.05) return '< 0.1 s'
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** Time that is still growing, in whole seconds: `0 s`, `7 s`, `3 min 05 s`. */
export function formatElapsed(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000)
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000)
}

/** A duration nobody should set a watch by: `a few seconds`, `about 25 s`, `about 4 min`, `about 2 h`. */
export function formatRough(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 8) return 'a few seconds'
  if (seconds < 55) return `about ${Math.ceil(seconds / 5) * 5} s`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90 ? `about ${minutes} min` : `about ${Math.round(minutes / 60)} h`
}

/** `just now`, `5 min ago`, `3 h ago`, `6 days ago`; from 30 days on the day itself in local time. */
export function formatRelative(iso: string, nowMs: number): string {
  const then = Date.parse(iso)
  const minutes = Math.floor((nowMs - then) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} h ago`
  const days = Math.floor(hours / 24)
  if (days < 30) return days === 1 ? 'yesterday' : `${days} days ago`
  return new Date(then).toLocaleDateString(undefined, { dateStyle: 'medium' })
}

/** Date and time to the second, in local time with its zone. */
export function formatExact(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'long' })
}
