import { isAbsolute } from 'node:path'
import { networkRules } from '#lib/config.ts'
import { docsHref } from '#lib/domain/deep-link.ts'
import { ADMIN_USERNAME } from '#lib/domain/kinds.ts'
import { BUILTIN_MODEL } from '#lib/domain/providers.ts'
import { parseRepoAddress, splitUserinfo } from '#lib/domain/repo-url.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { UP_TO_DATE_MESSAGE } from '#lib/domain/stages.ts'
import { DocsfyError, isDocsfyError } from '#lib/errors.ts'
import { defaultBranch } from '#lib/git/default-branch.ts'
import type { RunningServer } from '#server'
import { oneLine, printError, printNote, printResult } from './output.ts'
import { showProgress } from './progress.ts'

type Finished = Extract<RunEvent, { kind: 'finished' }>

interface Documenting {
  server: RunningServer
  /** An address, or the absolute path of a local repository. */
  repository: string
  signal: AbortSignal
}

/** Generates documentation as admin, shows how it goes, and says where to read it. A failure is told, not thrown. */
export async function documentRepository({ server, repository, signal }: Documenting): Promise<void> {
  try {
    printNote(`Documenting ${oneLine(splitUserinfo(repository).address)}`)
    const wanted = isAbsolute(repository) ? undefined : await branchOf(repository, signal)
    const { project, branch, generation_id } = await server.generateAsAdmin({ repository, branch: wanted })
    const end = await followToEnd(server, generation_id, signal)
    if (end === null) return
    if (end.status !== 'ready') return printNote(`Error: ${oneLine(end.message ?? 'The generation did not finish')}`)
    if (end.up_to_date) printNote(UP_TO_DATE_MESSAGE)
    const identity = { owner: ADMIN_USERNAME, name: project, branch, provider: 'builtin', model: BUILTIN_MODEL }
    const path = docsHref(identity, ADMIN_USERNAME)
    printResult(`The site is at ${new URL(path, server.url).href}`)
    printResult(`Open it signed in (works once, within 15 minutes): ${await server.createSignInLink(path)}`)
  } catch (error) {
    if (!isDocsfyError(error)) throw error
    printError(error)
  }
}

/** The default branch by its name, so that the documentation is found under it rather than under HEAD. */
async function branchOf(text: string, signal: AbortSignal): Promise<string> {
  const { address, credential } = splitUserinfo(text)
  const parsed = parseRepoAddress(address)
  if (!parsed.ok) throw new DocsfyError('refused_address', parsed.reason)
  return await defaultBranch({ url: parsed.address.fetchUrl, network: networkRules(), credential, signal })
}

/** Null when the person stopped the server first. */
async function followToEnd(server: RunningServer, generationId: string, signal: AbortSignal): Promise<Finished | null> {
  const progress = showProgress({ quiet: false })
  const { promise, resolve } = Promise.withResolvers<Finished | null>()
  signal.addEventListener('abort', () => resolve(null), { once: true })
  const stop = server.follow(generationId, ({ event }) => {
    progress.event(event)
    if (event.kind === 'finished') resolve(event)
  })
  try {
    return await promise
  } finally {
    stop()
    progress.end()
  }
}
