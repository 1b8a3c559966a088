/** Entry of a parsing thread: reads one file after the other until it is ended. */

import { enableCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type { FromParser, ParserSetup, ParserTask } from './messages.ts'

const { compileCache } = workerData as ParserSetup
if (compileCache) enableCompileCache(compileCache)
const { isLasting, readRecord, recordText } = await import('#lib/facts/read-record.ts')
const { whyBrokenOff } = await import('#lib/facts/parse/grammar.ts')

let last: Promise<void> = Promise.resolve()

parentPort?.on('message', (task: ParserTask) => {
  last = last.then(() => read(task))
})
post({ type: 'ready', cpuMs: cpuMs() })

async function read({ id, request }: ParserTask): Promise<void> {
  try {
    const record = await readRecord(request)
    post({ type: 'record', id, json: recordText(record), isLasting: isLasting(record), cpuMs: cpuMs() })
  } catch (error) {
    // What WebAssembly was torn out of leaves its memory torn: this thread must not parse again.
    if (error instanceof WebAssembly.RuntimeError) post({ type: 'broken', id, reason: whyBrokenOff() })
    else post({ type: 'failed', id, error })
  }
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

function post(message: FromParser): void {
  parentPort?.postMessage(message)
}
