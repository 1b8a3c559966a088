import { type Context, createContext, Script } from 'node:vm'

const call = new Script('work()')
let room: Context | null = null

/**
 * What `work` returns, or null when that takes longer than `limitMs`: it is then stopped where it stands, a loop without
 * end and a regular expression included. Errors of `work` pass through.
 */
export function withinTime<Value>(work: () => Value, limitMs: number): { value: Value } | null {
  room ??= createContext({})
  let done: { value: Value } | null = null
  room.work = () => {
    done = { value: work() }
  }
  try {
    call.runInContext(room, { timeout: limitMs })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    return null
  } finally {
    room.work = null
  }
  return done
}
