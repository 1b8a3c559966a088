/** The clock of this folder's parts, so that tests can let hours pass at once. */
export interface Timers {
  /** Runs `task` after `delayMs`, unless the returned function is called before. */
  after(delayMs: number, task: () => void): () => void
}

/** Real time; a waiting task does not keep the process alive. */
export const REAL_TIMERS: Timers = {
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs).unref()
    return () => clearTimeout(timer)
  },
}
