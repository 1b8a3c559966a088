import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { config, networkRules, RUN_VARIABLE, workerEnvironment } from '#lib/config.ts'
import type { RepositoryCredential } from '#lib/domain/job.ts'
import { HEAD_BRANCH } from '#lib/domain/ref-name.ts'
import { DocsfyError, throwIfAborted } from '#lib/errors.ts'
import type { HeadQuestion } from '#lib/git/remote-head.ts'
import { sourceOf } from '#lib/jobs/job-of.ts'
import { sweep } from '#lib/jobs/process-group.ts'
import { killGroup } from '#lib/kill-group.ts'

const HEAP_MB = 256
/** Nothing is fetched: what a server has not said by then, it is asked for the next time. */
const LONGEST_MS = 30_000
/** The process ends its connections itself when the time is up; after this much more it is killed. */
const SPARE_MS = 5000

/** Checked, because the process has read a stranger's answer. */
const answerSchema = z.object({ commit: z.nullable(z.string()), problem: z.nullable(z.string()) })
export type HeadAnswer = z.infer<typeof answerSchema>

export interface BranchOfRepository {
  kind: 'url' | 'local'
  canonicalUrl: string
  branch: string
}

interface AskOptions {
  credential: RepositoryCredential | null
  signal: AbortSignal
  /** However long a clone may take. */
  longestMs?: number
}

/**
 * The commit a branch ends in now, asked for by a process of its own, because what answers may be hostile. Null for a
 * short commit id. Throws `repository_unavailable` with the reason for people, or `aborted`.
 */
export async function askRemoteHead(
  of: BranchOfRepository,
  { credential, signal, longestMs = LONGEST_MS }: AskOptions,
): Promise<string | null> {
  const timeoutMs = Math.min(longestMs, config().cloneTimeoutMs)
  const branch = of.branch === HEAD_BRANCH ? null : of.branch
  const question: HeadQuestion = { source: sourceOf(of), branch, network: networkRules(), credential, timeoutMs }
  const answer = await askProcess(question, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs + SPARE_MS)]))
  throwIfAborted(signal)
  if (answer?.problem === null) return answer.commit
  throw new DocsfyError(
    'repository_unavailable',
    answer?.problem ?? 'The repository could not be asked: try again later',
  )
}

/** Null when the process ended without an answer of the right form. */
async function askProcess(question: HeadQuestion, signal: AbortSignal): Promise<HeadAnswer | null> {
  throwIfAborted(signal)
  const id = `head-${randomUUID()}`
  const child = fork(fileURLToPath(new URL('./head-worker.ts', import.meta.url)), {
    cwd: config().dataDir,
    env: workerEnvironment(id),
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  let answer: HeadAnswer | null = null
  child.on('message', (message) => {
    answer ??= answerSchema.safeParse(message).data ?? null
  })
  // Unlike `exit`, `close` comes after the last message.
  const closed = once(child, 'close').catch(() => undefined)
  const kill = () => killGroup(child.pid, 'SIGKILL')
  child.once('exit', kill)
  signal.addEventListener('abort', kill, { once: true })
  child.send(question, () => undefined)
  await closed
  signal.removeEventListener('abort', kill)
  await sweep(RUN_VARIABLE, id)
  return answer
}
