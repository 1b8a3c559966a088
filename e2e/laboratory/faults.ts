/** The two ways a model is reached. */
export type Kind = 'program' | 'api'

/** What a user must see when a provider misbehaves in this way. */
export interface Fault {
  what: string
  /** Where it can happen. */
  of: readonly Kind[]
  status: 'ready' | 'error' | 'aborted'
  /** Who wrote the pages that are published; `both`: only pages a reply was bad for are the built-in ones. */
  pages: 'model' | 'builtin' | 'both' | 'none'
  /** A warning, or the error, has to say this. */
  says?: RegExp
  /** Lasts until a limit ends it, so that a run takes as long as one call may. */
  isSlow?: true
  /** A user aborts the run while the provider is at it. */
  isAborted?: true
  /** Part of what every change is tried with. */
  isFast?: true
}

const BOTH: readonly Kind[] = ['program', 'api']
const STANDS_IN = { status: 'ready', pages: 'builtin' } as const
const TAKEN = { status: 'ready', pages: 'model' } as const
const ENDS = { status: 'error', pages: 'none' } as const

/** Every known misbehaviour, by the name of the model that shows it. */
export const FAULTS = {
  honest: { what: 'answers as it should', of: BOTH, ...TAKEN, isFast: true },
  'hang-before': {
    what: 'hangs before it says anything',
    of: BOTH,
    ...STANDS_IN,
    says: /no answer within/,
    isSlow: true,
  },
  'hang-within': { what: 'hangs in its answer', of: BOTH, ...STANDS_IN, says: /no answer within/, isSlow: true },
  'hang-after': { what: 'hangs after its result', of: BOTH, ...TAKEN, isFast: true },
  'no-result': { what: 'ends well without a result', of: BOTH, ...STANDS_IN, says: /without|empty|before it was/ },
  'half-line': {
    what: 'ends in half a line of JSON',
    of: BOTH,
    ...STANDS_IN,
    says: /without|before|JSON|Unexpected/i,
    isFast: true,
  },
  'rate-limit': { what: '429 for ever', of: BOTH, ...STANDS_IN, says: /429|too many/i },
  'rate-limit-once': { what: '429 once', of: BOTH, ...TAKEN },
  'rate-limit-wait': { what: '429 once, with retry-after 1', of: BOTH, ...TAKEN },
  'rate-limit-long': { what: '429 with retry-after 3600', of: ['api'], ...STANDS_IN, says: /asks to wait 3600 s/ },
  'server-error': { what: '500 for ever', of: BOTH, ...STANDS_IN, says: /500|internal/i },
  'server-error-once': { what: '500 once', of: BOTH, ...TAKEN, isFast: true },
  'slow-drip': { what: 'drips without end', of: BOTH, ...STANDS_IN, says: /no answer within/, isSlow: true },
  'invalid-utf8': { what: 'bytes in its answer that are no text', of: BOTH, ...STANDS_IN, says: /no text/ },
  'endless-line': { what: '1 GB in one line', of: BOTH, ...STANDS_IN, says: /more than/, isFast: true },
  'endless-lines': { what: '1 GB in lines', of: BOTH, ...STANDS_IN, says: /more than|no answer within|longer than/ },
  'ignores-sigterm': {
    what: 'ignores SIGTERM while it hangs',
    of: ['program'],
    ...STANDS_IN,
    says: /no answer within/,
    isSlow: true,
  },
  forks: { what: 'leaves processes in sessions of their own', of: ['program'], ...TAKEN, isFast: true },
  aborted: {
    what: 'hangs, ignores SIGTERM, is aborted',
    of: BOTH,
    status: 'aborted',
    pages: 'none',
    isAborted: true,
    isFast: true,
  },
  refuses: { what: 'refuses in prose', of: BOTH, ...STANDS_IN, says: /has no line "# Title"/ },
  chatter: { what: 'chatters before the title', of: BOTH, ...TAKEN, isFast: true },
  'late-thought': { what: '</think> before <think>', of: BOTH, ...TAKEN },
  'wrong-schema': { what: 'JSON of another shape', of: BOTH, ...STANDS_IN, isFast: true },
  hallucinates: { what: 'names files that do not exist', of: BOTH, ...TAKEN, isFast: true },
  obeys: { what: 'obeys an instruction of the repository', of: BOTH, status: 'ready', pages: 'both', isFast: true },
  'tells-key': { what: 'tells its key in its answer', of: BOTH, ...TAKEN, isFast: true },
  'bad-key': { what: 'its key is refused', of: BOTH, ...ENDS, says: /cannot write: .*(check|set|run) /, isFast: true },
  'unknown-model': { what: 'does not know the model', of: BOTH, ...ENDS, says: /cannot write: .*model/i },
  'no-credit': { what: 'has no credit', of: BOTH, ...ENDS, says: /cannot write: .*(credit|quota)/i },
} as const satisfies Record<string, Fault>

export type FaultId = keyof typeof FAULTS
export const FAULT_IDS = Object.keys(FAULTS) as FaultId[]

/** As their common type, to look into. */
export function faultOf(id: FaultId): Fault {
  return FAULTS[id]
}
