/** Entry of a process that asks one remote repository for the end of one branch, and exits. */

import { messageFor } from '#lib/errors.ts'
import { type HeadQuestion, remoteHead } from '#lib/git/remote-head.ts'
import { endWithServer } from '#lib/jobs/end-with-server.ts'
import type { HeadAnswer } from '#lib/jobs/remote-head.ts'

const { signal } = endWithServer()

process.on('message', (question: HeadQuestion) => void answer(question))

async function answer(question: HeadQuestion): Promise<void> {
  try {
    send({ commit: await remoteHead(question, signal), problem: null })
  } catch (error) {
    send({ commit: null, problem: messageFor(error) })
  }
}

function send(message: HeadAnswer): void {
  process.send?.(message, undefined, undefined, () => process.exit(0))
}
