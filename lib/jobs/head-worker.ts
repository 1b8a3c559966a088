/** Entry of a process that asks one remote repository for the end of one branch, and exits. */

import { messageFor } from '#lib/errors.ts'
import { type HeadQuestion, remoteHead } from '#lib/git/remote-head.ts'
import type { HeadAnswer } from '#lib/jobs/remote-head.ts'

const controller = new AbortController()

process.on('disconnect', () => process.exit(1))
process.on('SIGTERM', () => controller.abort())
// Ctrl-C in a terminal reaches the whole session; the server decides what becomes of its workers.
process.on('SIGINT', () => undefined)
process.on('message', (question: HeadQuestion) => void answer(question))

async function answer(question: HeadQuestion): Promise<void> {
  try {
    send({ commit: await remoteHead(question, controller.signal), problem: null })
  } catch (error) {
    send({ commit: null, problem: messageFor(error) })
  }
}

function send(message: HeadAnswer): void {
  process.send?.(message, undefined, undefined, () => process.exit(0))
}
