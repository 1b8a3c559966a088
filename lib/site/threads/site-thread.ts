/** A thread that makes files of a site: one task after the other until it is ended. */

import { parentPort, workerData } from 'node:worker_threads'
import { type MadeFiles, siteMaker } from '#lib/site/make-files.ts'
import { siteModel } from '#lib/site/site-model.ts'
import type { FromSiteThread, SiteTask, SiteThreadSetup } from './messages.ts'

const { input, assetVersion } = workerData as SiteThreadSetup
const maker = siteMaker(siteModel(input, assetVersion))
let last: Promise<void> = Promise.resolve()

parentPort?.on('message', (task: SiteTask) => {
  last = last.then(() => make(task))
})
post({ type: 'ready' })

async function make(task: SiteTask): Promise<void> {
  try {
    if (task.kind === 'pages') {
      const made = await maker.pages(task.pages)
      post({ type: 'made', made }, buffersOf(made.flatMap(({ files }) => files)))
    } else {
      const made = await maker.source(task.file)
      post({ type: 'made', made }, buffersOf(made.files))
    }
  } catch (error) {
    post({ type: 'failed', error })
  }
}

function buffersOf(files: MadeFiles): ArrayBuffer[] {
  return files.map(([, content]) => content.buffer)
}

function post(message: FromSiteThread, transferred: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transferred)
}
