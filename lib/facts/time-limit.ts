import { createContext, Script } from 'node:vm'

/** Runs work and hands on what it returns, or throws when that takes too long. */
export type TimeLimit = <Value>(work: () => Value) => Value

const OVER = 'ERR_SCRIPT_EXECUTION_TIMEOUT'

/**
 * Ends work of this thread that takes longer, wherever it is: also inside a regular expression or WebAssembly, which no
 * timer interrupts. What was interrupted inside WebAssembly leaves its memory torn: this thread must not parse again.
 */
export function timeLimit(milliseconds: number): TimeLimit {
  let work: () => void = () => {}
  const context = createContext({ run: () => work() })
  const script = new Script('run()')
  return <Value>(given: () => Value): Value => {
    const results: Value[] = []
    work = () => {
      results.push(given())
    }
    script.runInContext(context, { timeout: milliseconds })
    return results[0] as Value
  }
}

/** Whether an error says that the time was over; it may come from another realm. */
export function isTimeOver(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === OVER
}
