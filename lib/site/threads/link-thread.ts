/** Entry of a thread that shares files of an earlier site with a new one: lists of paths until it is ended. */

import { linkSync, mkdirSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type { FromLinkThread, LinkThreadSetup } from './messages.ts'

const { earlierDir, dir } = workerData as LinkThreadSetup
const folders = new Set([''])

parentPort?.on('message', (paths: string[]) => {
  try {
    for (const path of paths) share(path)
    post({ type: 'shared' })
  } catch (error) {
    const { message, code, syscall } = error as NodeJS.ErrnoException
    post({ type: 'failed', message, code, syscall })
  }
})

function share(path: string): void {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
  if (!folders.has(folder)) mkdirSync(`${dir}/${folder}`, { recursive: true })
  folders.add(folder)
  linkSync(`${earlierDir}/${path}`, `${dir}/${path}`)
}

function post(message: FromLinkThread): void {
  parentPort?.postMessage(message)
}
