import { familyMemoryBytes } from '#lib/jobs/process-group.ts'

const MB = 1024 * 1024
const LOOK_EVERY_MS = 500

/** What ends a run that does not end by itself. */
export interface RunLimits {
  /** Of its process and all it has started together. */
  memoryMb: number
  /** From the start of its process to the end of it. */
  timeoutMs: number
  /** A worker that gives no sign of life for so long is taken for frozen. */
  silenceMs: number
}

export interface Watched {
  /** Leader of its process group. */
  pid: number
  limits: RunLimits
  /** Called once, with a sentence for people; `isPolite` when the run may still be asked to stop. */
  onLimit(problem: string, isPolite: boolean): void
}

/** Watches a run from outside. `alive` is to be called at every sign of life. */
export function watchRun({ pid, limits, onLimit }: Watched): { alive(): void; stop(): void } {
  const startedMs = performance.now()
  let silentLooks = 0
  let isOver = false
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)

  async function look(): Promise<void> {
    // Looks are counted, not time: when this process itself was stopped for a while, its workers are not to blame.
    silentLooks += 1
    if (silentLooks * LOOK_EVERY_MS > limits.silenceMs) return end(frozen(limits), false)
    if (performance.now() - startedMs > limits.timeoutMs) return end(tooLong(limits), true)
    if ((await familyMemoryBytes(pid)) > limits.memoryMb * MB) end(tooMuchMemory(limits), false)
  }

  function end(problem: string, isPolite: boolean): void {
    if (isOver) return
    stop()
    onLimit(problem, isPolite)
  }

  function stop(): void {
    isOver = true
    clearInterval(timer)
  }
  return {
    alive: () => {
      silentLooks = 0
    },
    stop,
  }
}

/** What a person reads when a run needed more memory than it may. */
export function tooMuchMemory({ memoryMb }: RunLimits): string {
  return `The run needed more than ${memoryMb} MB of memory and was ended: the repository is too large for this server, or an administrator raises MAX_RUN_MEMORY_MB`
}

function tooLong({ timeoutMs }: RunLimits): string {
  return `The run took longer than ${timeoutMs / 1000} seconds and was ended: resume it to go on from the pages that are written, or an administrator raises RUN_TIMEOUT_SECONDS`
}

function frozen({ silenceMs }: RunLimits): string {
  return `The worker process of this run gave no sign of life for ${silenceMs / 1000} seconds and was ended: resume the run, and see whether the server is overloaded`
}
