/**
 * Entry of a thread that shares files of an earlier site with a new one: lists of paths until it is ended. In JavaScript,
 * because a thread takes as long to begin with types as to share a thousand files.
 */

import { linkSync, mkdirSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

/** @type {import('./messages.ts').LinkThreadSetup} */
const { earlierDir, dir, folders: expected } = workerData
const folders = new Set([''])
for (const folder of expected) make(folder)
post({ type: 'shared' })

parentPort?.on('message', (/** @type {string[]} */ paths) => {
  try {
    for (const path of paths) share(path)
    post({ type: 'shared' })
  } catch (error) {
    const { message, code, syscall } = /** @type {NodeJS.ErrnoException} */ (error)
    post({ type: 'failed', message, code, syscall })
  }
})

/** @param {string} path */
function share(path) {
  make(path.slice(0, Math.max(0, path.lastIndexOf('/'))))
  linkSync(`${earlierDir}/${path}`, `${dir}/${path}`)
}

/** @param {string} folder */
function make(folder) {
  if (!folders.has(folder)) mkdirSync(`${dir}/${folder}`, { recursive: true })
  folders.add(folder)
}

/** @param {import('./messages.ts').FromLinkThread} message */
function post(message) {
  parentPort?.postMessage(message)
}
