import { Errors } from 'isomorphic-git'
import type { RepositoryCredential } from '#lib/domain/job.ts'
import { abortError, DocsfyError, isDocsfyError } from '#lib/errors.ts'
import { explainGit } from './git-errors.ts'
import { SystemGitError } from './system-git.ts'

interface Circumstances {
  /** Address as people gave it, without credentials. */
  url: string
  /** Aborted when a person stopped the run. */
  signal: AbortSignal
  /** Aborted when the whole fetch took too long. */
  deadline: AbortSignal
  timeoutMs: number
  /** What was shown to the server; null for nothing. */
  credential: RepositoryCredential | null
}

const KNOWN_PROBLEMS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed in the middle',
  EPIPE: 'the connection was closed in the middle',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the host did not answer in time',
  Z_BUF_ERROR: 'its server ended the answer early, so the repository may be damaged there',
  ENOSPC: 'the disk is full',
  EACCES: 'the data directory cannot be written',
  EROFS: 'the data directory cannot be written',
  EIO: 'the disk of this server failed',
  EMFILE: 'this server has too many files open',
}

/** The sentence for people behind whatever ended a fetch. */
export function fetchError(error: unknown, circumstances: Circumstances): DocsfyError {
  const { url, signal, deadline, timeoutMs } = circumstances
  if (signal.aborted) return abortError()
  if (deadline.aborted)
    return new DocsfyError(
      'timed_out',
      `Fetching the repository took longer than ${Math.round(timeoutMs / 1000)} s: an administrator can raise CLONE_TIMEOUT_SECONDS`,
    )
  if (isDocsfyError(error)) return error
  if (error instanceof Errors.HttpError) return httpProblem(error.data.statusCode, circumstances, error)
  if (error instanceof SystemGitError) return gitProblem(error, circumstances)
  return unavailable(`The repository ${url} could not be fetched: ${reasonOf(error)}`, error)
}

function httpProblem(statusCode: number, { url, credential }: Circumstances, cause: unknown): DocsfyError {
  const said = `(the server said ${statusCode})`
  if (statusCode !== 401 && statusCode !== 403 && statusCode !== 404)
    return unavailable(`The server of ${url} answered ${statusCode}: try again later`, cause)
  if (credential)
    return unavailable(
      `The server does not show ${url} to these credentials: check the address, and whether the token is valid and may read this repository ${said}`,
      cause,
    )
  return unavailable(
    `There is no public repository at ${url}: check the address; for a private repository store credentials for its host ${said}`,
    cause,
  )
}

function gitProblem(error: SystemGitError, circumstances: Circumstances): DocsfyError {
  const { url } = circumstances
  const { code, text } = explainGit(error)
  if (typeof text === 'number') return httpProblem(text, circumstances, error)
  return new DocsfyError(code, text.replace('URL', url), { cause: error })
}

function reasonOf(error: unknown): string {
  const code = codeOf(error)
  if (code && KNOWN_PROBLEMS[code]) return KNOWN_PROBLEMS[code]
  if (code && /CERT|TLS|SSL|SIGNATURE|ALTNAME/.test(code)) return `its certificate was not accepted (${code})`
  // Where nothing may be written, a folder that cannot be made is told as one that is not there.
  if (error instanceof Error && 'path' in error && 'syscall' in error) return 'the data directory cannot be written'
  if (error instanceof Errors.RemoteCapabilityError) return 'its server cannot send a single commit'
  return 'the answer of its server was not understood'
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  return 'code' in error && typeof error.code === 'string' ? error.code : null
}

function unavailable(message: string, cause: unknown): DocsfyError {
  return new DocsfyError('repository_unavailable', message, { cause })
}
