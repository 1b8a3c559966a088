/**
 * Loaded before a worker: counts its renames and fsyncs and, right before the one given as `?at=N`, ends the server and
 * itself as a power cut would. Without a number it writes the total to the file given as `?count=FILE`.
 */

import fs, { writeFileSync } from 'node:fs'
import promises, { type FileHandle, open } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { isMainThread } from 'node:worker_threads'

const { searchParams } = new URL(import.meta.url)
const at = Number(searchParams.get('at') ?? 0)
const countFile = searchParams.get('count')
let writes = 0

if (isMainThread) {
  await countSyncs()
  const { rename } = promises
  promises.rename = async (...paths) => {
    count()
    return await rename(...paths)
  }
  const { renameSync } = fs
  fs.renameSync = (...paths) => {
    count()
    renameSync(...paths)
  }
  syncBuiltinESMExports()
  if (countFile) process.on('exit', () => writeFileSync(countFile, String(writes)))
}

/** All open files share one prototype. */
async function countSyncs(): Promise<void> {
  const file = await open(import.meta.filename)
  await file.close()
  const shared: FileHandle = Object.getPrototypeOf(file)
  const { sync } = shared
  shared.sync = async function (this: FileHandle) {
    count()
    await sync.call(this)
  }
}

function count(): void {
  writes += 1
  if (writes !== at) return
  process.kill(process.ppid, 'SIGKILL')
  process.kill(process.pid, 'SIGKILL')
}
