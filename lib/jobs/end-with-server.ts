/**
 * What every worker process does about the server that started it: SIGTERM aborts the controller that is returned; when
 * the server is gone, the process ends with all it has started.
 */
export function endWithServer(): AbortController {
  const controller = new AbortController()
  process.on('disconnect', endGroup)
  process.on('SIGTERM', () => controller.abort())
  // Ctrl-C in a terminal reaches the whole session; the server decides what becomes of its workers.
  process.on('SIGINT', () => undefined)
  return controller
}

/** Nobody is left to end what this process has started, so it takes its whole process group along. */
export function endGroup(): never {
  process.kill(-process.pid, 'SIGKILL')
  process.exit(1)
}
