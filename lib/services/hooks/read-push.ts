import { z } from 'zod'
import { DocsfyError } from '#lib/errors.ts'

/** What a delivery is about. */
export type Push =
  /** `isDefault`: HEAD of the repository names this branch, or may name it. `commit`: where it ends now, when that was told. */
  | { kind: 'branch'; branch: string; isDefault: boolean; commit: string | null }
  /** A tag, which may have been moved; an annotated one has a commit that is not told. */
  | { kind: 'tag'; tag: string }
  /** Nothing was said about branches: all of them. */
  | { kind: 'everything' }
  /** `why` is a sentence for the person who looks at the deliveries of the forge. */
  | { kind: 'nothing'; why: string }

/** Gitea and Forgejo also send the headers of GitHub, so their own come first. */
const EVENT_HEADERS = ['x-forgejo-event', 'x-gitea-event', 'x-gogs-event', 'x-github-event', 'x-gitlab-event']
/** How the forges name the event of pushed branches and tags. */
const PUSH_EVENTS = ['push', 'push hook', 'tag push hook', 'system hook']
const PUSH_KINDS = ['push', 'tag_push']
const HEADS = 'refs/heads/'
const TAGS = 'refs/tags/'
const NO_COMMIT = /^0+$/

const branchName = z.string().min(1).max(1000)
const text = z.string().max(1000).optional().catch(undefined)
const repository = z.object({ default_branch: text }).optional().catch(undefined)

/**
 * The fields that count of what a forge tells. GitHub, Gitea, Forgejo: `ref`, `after` and `repository.default_branch`, GitHub also
 * `deleted`; GitLab: `object_kind`, `ref`, `after` and `project.default_branch`.
 */
const payloadSchema = z.object({
  ref: text,
  after: text,
  deleted: z.boolean().optional().catch(undefined),
  object_kind: text,
  repository,
  project: repository,
})
type Payload = z.infer<typeof payloadSchema>

/**
 * Says what a delivery asks for. Whatever a forge tells that is not a push to a branch or tag is nothing, with the reason. Throws
 * `bad_request` for a plain request that names no branch in a way that is understood.
 */
export function readPush(headers: Headers, given: unknown): Push {
  const event = EVENT_HEADERS.map((name) => headers.get(name)).find((value) => value) ?? null
  if (event === null) return plainRequest(given)
  const payload = payloadSchema.safeParse(given).data ?? {}
  if (event.toLowerCase() === 'ping')
    return nothing('The hook works: from now on pushes to documented branches refresh them')
  const isPush = PUSH_EVENTS.includes(event.toLowerCase()) && PUSH_KINDS.includes(payload.object_kind ?? 'push')
  if (isPush) return pushOf(payload)
  return nothing(`"${event.slice(0, 60)}" is not about a push, so nothing is done`)
}

function pushOf({ ref = '', after, deleted = false, repository, project }: Payload): Push {
  const prefix = [HEADS, TAGS].find((one) => ref.startsWith(one) && ref !== one)
  if (prefix === undefined) return nothing('The push names no branch in "ref", so nothing is done')
  const branch = ref.slice(prefix.length)
  if (deleted || NO_COMMIT.test(after ?? '')) return nothing(`${branch} was deleted; its documentation stays as it is`)
  if (prefix === TAGS) return { kind: 'tag', tag: branch }
  const isDefault = (repository?.default_branch ?? project?.default_branch) === branch
  return { kind: 'branch', branch, isDefault, commit: after ?? null }
}

/** Whether the branch is the default one was not told: HEAD may name it, and a look that finds nothing new costs little. */
function plainRequest(given: unknown): Push {
  const fields = z.record(z.string(), z.unknown()).safeParse(given).data
  if (!fields) throw unclear('The body is no JSON object')
  const [first] = Object.keys(fields)
  if (first === undefined) return { kind: 'everything' }
  const name = ['branch', 'ref'].find((field) => field in fields)
  if (name === undefined) throw unclear(`The field "${first.slice(0, 60)}" is not known`)
  const wanted = branchName.safeParse(fields[name]).data
  if (wanted === undefined) throw unclear(`The field "${name}" is not the name of a branch`)
  const branch = wanted.startsWith(HEADS) ? wanted.slice(HEADS.length) : wanted
  return { kind: 'branch', branch, isDefault: !branch.startsWith('refs/'), commit: null }
}

function unclear(problem: string): DocsfyError {
  return new DocsfyError('bad_request', `${problem}: send {"branch":"main"}, or nothing at all for every branch`)
}

function nothing(why: string): Push {
  return { kind: 'nothing', why }
}
