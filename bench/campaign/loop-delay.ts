/** Preloaded into a server (`--import`): keeps the longest delay of its event loop in the file LOOP_DELAY_FILE. */

import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

const RESOLUTION_MS = 10
const file = process.env.LOOP_DELAY_FILE

if (file && isMainThread) {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  let longestMs = 0
  setTimeout(
    () => {
      histogram.enable()
      setInterval(() => {
        longestMs = Math.max(longestMs, histogram.max / 1e6 - RESOLUTION_MS)
        writeFileSync(file, `${longestMs.toFixed(1)} ${(histogram.percentile(99) / 1e6 - RESOLUTION_MS).toFixed(1)}`)
      }, 250).unref()
    },
    Number(process.env.LOOP_DELAY_AFTER_MS ?? 0),
  ).unref()
}
