import { DocsfyError } from '#lib/errors.ts'

/** More bytes came, or would have, than MAX_REPO_BYTES. */
export function repositoryTooLarge(maxBytes: number): DocsfyError {
  return limitReached(`The repository is larger than ${megabytes(maxBytes)}: an administrator can raise MAX_REPO_BYTES`)
}

/** What came is small, but its files together are not. */
export function unpacksTooLarge(maxBytes: number): DocsfyError {
  return limitReached(
    `The files of this commit are larger than ${megabytes(maxBytes)} together: an administrator can raise MAX_REPO_BYTES`,
  )
}

/** The list of branches and tags has no end, or nearly none. */
export function listTooLong(maxBytes: number): DocsfyError {
  return limitReached(
    `The server lists more than ${megabytes(maxBytes)} of branches and tags, which no setting allows: choose another repository`,
  )
}

export function limitReached(message: string): DocsfyError {
  return new DocsfyError('limit_reached', message)
}

/** A size for people. */
export function megabytes(bytes: number): string {
  return bytes >= 1e6 ? `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB` : `${bytes} bytes`
}
