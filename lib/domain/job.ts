import type { Facts } from '#lib/domain/facts.ts'
import type { RepoType } from '#lib/domain/kinds.ts'
import type { WrittenPage } from '#lib/domain/page.ts'
import { type Plan, planPages } from '#lib/domain/plan.ts'
import type { PlanUpdate } from '#lib/domain/plan-update.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import type { Stage, TerminalStatus } from '#lib/domain/stages.ts'
import type { Steering } from '#lib/domain/steering.ts'
import type { Revision, Writer } from '#lib/domain/writer.ts'

export interface Limits {
  maxRepoBytes: number
  maxRepoFiles: number
  cloneTimeoutMs: number
  maxConcurrentPages: number
}

/** Who speaks with Git servers: code of our own, or the `git` program. */
export const GIT_ENGINES = ['auto', 'builtin', 'system'] as const
export type GitEngine = (typeof GIT_ENGINES)[number]

export interface NetworkRules {
  /** Host names that may be contacted; empty: any public host. */
  allowedHosts: string[]
  /** Whether loopback and private addresses may be contacted. */
  allowPrivateHosts: boolean
  /** Default `auto`. */
  engine?: GitEngine
  /** File with further certificates that servers may lead to. */
  caFile?: string | null
  /** Null or absent: ssh addresses are refused. */
  ssh?: SshRules | null
}

/** Both are paths on the server. The key is used for every repository, whoever asks. */
export interface SshRules {
  keyFile: string
  /** Host keys that are trusted; no other host is. */
  knownHostsFile: string
}

/** What a private repository asks for. Secret: only in memory, in the channel to a worker, and sealed in the database. */
export interface RepositoryCredential {
  username: string
  token: string
}

/** A local repository may be read only inside `roots`, wherever its links and pointers lead; none: anywhere. */
export type RepositorySource = { kind: 'url'; url: string } | { kind: 'local'; path: string; roots?: string[] }

/** Where replies of models are kept, and how much room they may take. */
export interface ReplyRoom {
  folder: string
  maxBytes: number
}

/** Prices of an administrator. */
export interface PriceFile {
  path: string
  /** A setting names it: it must be there. */
  isNeeded: boolean
}

export interface AiAccess {
  /** Environment variables of the provider that are set. Secret: sent to the worker through its channel only. */
  variables: Record<string, string>
  callTimeoutMs: number
  /** Absent: every call is made and paid. */
  replies?: ReplyRoom
  /** Absent: only the table of prices counts. */
  prices?: PriceFile
}

/** Everything a run needs to know; plain data, so that it can be sent to a worker process. */
export interface Job {
  runId: string
  source: RepositorySource
  /** Branch to document; null: whatever HEAD of the repository names. */
  branch: string | null
  projectName: string
  provider: string
  model: string
  force: boolean
  repoType: RepoType | null
  /** Only what would be written is told. The store that runs of this repository fetch into is not written to. */
  onlyPlan?: { knownStoreDir: string }
  /** Bare object store of this repository, reused between runs. Unused for local repositories. */
  storeDir: string
  /** Folder of the variant: plan.json, pages/, sites/, ready.json. */
  variantDir: string
  /** Where the site will be read; null or absent: nobody said. */
  siteAddress?: string | null
  limits: Limits
  network: NetworkRules
  /** Secret: sent to the worker through its channel only. */
  credential?: RepositoryCredential | null
  /** What its owner asks for in the dashboard, which wins over the file in the repository. Absent: nothing. */
  steering?: Steering
  /** How its provider is reached; the built-in writer has no variables. Absent: none are set, and a call may take ten minutes. */
  ai?: AiAccess
}

/** What the pipeline is given to work with besides the job. */
export interface Tools {
  signal: AbortSignal
  progress: (event: RunEvent) => void
  writer: Writer
  /** Whether runs are kept and compared: then the outcome has a summary of what this one knew. */
  hasHistory?: boolean
}

/** Progress inside one stage, as a plain callback for code that knows nothing of runs. */
export function stageProgress({ progress }: Pick<Tools, 'progress'>, stage: Stage) {
  return (message: string, done?: number, total?: number) =>
    progress({ kind: 'stage_progress', stage, message, done, total })
}

/**
 * The name readers know the project by: the repository's, or, for a local folder, whose name may be anything, the one
 * its manifest at the root gives.
 */
export function projectTitle({ source, projectName }: Pick<Job, 'source' | 'projectName'>, facts: Facts): string {
  if (source.kind === 'url') return projectName
  const manifest = facts.manifests.find(({ path, name }) => name && !path.includes('/'))
  if (!manifest?.name) return (source.path.split('/').at(-1) ?? '').replace(/\.git$/, '') || projectName
  return manifest.kind === 'go'
    ? (manifest.name
        .replace(/\/v\d+$/, '')
        .split('/')
        .at(-1) ?? projectName)
    : manifest.name
}

/** What the planning stages hand on: what is known, what will be written and why, and which cached pages stand. */
export interface Planned {
  facts: Facts
  plan: Plan
  /** Slugs whose cached page stands. */
  keep: Set<string>
  /** The kept pages by slug, as they are on disk, where they were read to decide that they stand. */
  standing?: ReadonlyMap<string, Pick<WrittenPage, 'markdown' | 'provenance'>>
  update: PlanUpdate
  /** By slug: what those that are written again can go on from. */
  revisions?: ReadonlyMap<string, Revision>
  /** Pages that nobody could write: they left the plan. */
  leftOut?: number
  /** The plan is not the one its writer was to make. */
  isStandIn: boolean
}

/** How both planning stages announce their plan. */
export function planReady({ plan, keep, update }: Pick<Planned, 'plan' | 'keep' | 'update'>): RunEvent {
  const total_pages = planPages(plan).length
  return { kind: 'plan_ready', plan_json: JSON.stringify({ ...plan, update }), total_pages, kept_pages: keep.size }
}

export interface StageTiming {
  stage: Stage
  duration_ms: number
}

export interface Outcome {
  status: TerminalStatus
  upToDate: boolean
  commit: string | null
  branch: string | null
  repoType: RepoType | null
  pageCount: number
  totalPages: number
  warnings: string[]
  /** Folder of the finished site; null unless ready. */
  siteDir: string | null
  /** Sentence for people; null when ready. */
  message: string | null
  durationMs: number
  stages: StageTiming[]
  /** What the run knew, packed, to be compared with later; only of a run that is ready and wrote. */
  factsSummary?: string | null
}
