import type { ErrorCode } from '#lib/errors.ts'
import type { SystemGitError } from './system-git.ts'

export interface GitProblem {
  code: ErrorCode
  /** A sentence in which `URL` stands for the address, or the status a server answered with. */
  text: string | number
}

const OUT_OF_MEMORY = 'The repository at URL needs more memory to be unpacked than a fetch may have'

/** What git says, in the C locale, and what it means for people. Its own words may be a stranger's: they are not shown. */
const MEANINGS: [said: RegExp, code: ErrorCode, text: string][] = [
  [/out of memory|cannot allocate|malloc.*failed|mmap failed/i, 'limit_reached', OUT_OF_MEMORY],
  [
    /died of signal 25|file size limit exceeded|file too large/i,
    'limit_reached',
    'The repository at URL is larger than allowed: an administrator can raise MAX_REPO_BYTES',
  ],
  [/no space left/i, 'repository_unavailable', cannotFetch('the disk is full')],
  [
    /requested URL returned error: 3\d\d|redirect/i,
    'refused_address',
    'The server of URL redirects while it sends the repository, which is not followed: use the address it leads to',
  ],
  [
    /fsck error|error in (?:packed )?object|contains (?:forbidden|'\.git')|malformed object/i,
    'repository_unavailable',
    'The repository at URL contains objects that git refuses as malformed or dangerous: an administrator can have it read with GIT_ENGINE=builtin',
  ],
  [
    /host key verification failed/i,
    'refused_address',
    'The host of URL did not prove to be the one listed in SSH_KNOWN_HOSTS_FILE: ask an administrator',
  ],
  [
    /permission denied \(/i,
    'repository_unavailable',
    'The host of URL does not accept the key of this server (SSH_KEY_FILE): ask an administrator to give it access',
  ],
  [/certificate|SSL/i, 'repository_unavailable', cannotFetch('its certificate was not accepted')],
  [/operation too slow|timed out|timeout/i, 'timed_out', 'The server of URL sent nothing for 30 s: try again later'],
  [/could not resolve host/i, 'repository_unavailable', cannotFetch('the host could not be found')],
  [/connection refused/i, 'repository_unavailable', cannotFetch('the connection was refused')],
  [
    /early EOF|RPC failed|hung up|unexpected disconnect|connection reset/i,
    'repository_unavailable',
    cannotFetch('the connection was closed in the middle'),
  ],
  [
    /not appear to be a git repository|does not exist|repository not found/i,
    'repository_unavailable',
    'There is no repository at URL that this server may read: check the address',
  ],
  [
    /bad (?:pack|object)|pack is corrupted|unresolved delta|size_t overflow|bogus|all necessary objects|inflate|protocol error/i,
    'repository_unavailable',
    cannotFetch('what its server sent is damaged or incomplete'),
  ],
]

/** The problem behind a failed git process. */
export function explainGit({ said, exitCode }: SystemGitError): GitProblem {
  const status = /requested URL returned error: ([45]\d\d)/.exec(said)?.[1]
  if (status) return { code: 'repository_unavailable', text: Number(status) }
  const known = MEANINGS.find(([pattern]) => pattern.test(said))
  if (known) return { code: known[1], text: known[2] }
  return { code: 'repository_unavailable', text: cannotFetch(`git ended with exit code ${exitCode}`) }
}

function cannotFetch(reason: string): string {
  return `The repository URL could not be fetched: ${reason}`
}
