import { z } from 'zod'

/** What a delivery is about. */
export type Push =
  /** `isDefault`: HEAD of the repository names this branch. `commit`: where it ends now, when that was told. */
  | { kind: 'branch'; branch: string; isDefault: boolean; commit: string | null }
  /** Nothing was said about branches: all of them. */
  | { kind: 'everything' }
  /** `why` is a sentence for the person who looks at the deliveries of the forge. */
  | { kind: 'nothing'; why: string }

/** Gitea and Forgejo also send the headers of GitHub, so their own come first. */
const EVENT_HEADERS = ['x-forgejo-event', 'x-gitea-event', 'x-gogs-event', 'x-github-event', 'x-gitlab-event']
/** How the forges name the event of pushed branches; GitLab sends tags as "Tag Push Hook". */
const PUSH_EVENTS = ['push', 'push hook', 'system hook']
const HEADS = 'refs/heads/'
const NO_COMMIT = /^0+$/

const text = z.string().max(1000).optional().catch(undefined)
const repository = z.object({ default_branch: text }).optional().catch(undefined)

/**
 * The fields of a push that count. GitHub, Gitea, Forgejo: `ref`, `after` and `repository.default_branch`, GitHub also
 * `deleted`; GitLab: `object_kind`, `ref`, `after` and `project.default_branch`; curl: `branch` or `ref`, or nothing.
 */
const payloadSchema = z.object({
  ref: text,
  branch: text,
  after: text,
  deleted: z.boolean().optional().catch(undefined),
  object_kind: text,
  repository,
  project: repository,
})
type Payload = z.infer<typeof payloadSchema>

/** Says what a delivery asks for. Whatever is not a push to a branch is nothing, with the reason. */
export function readPush(headers: Headers, given: unknown): Push {
  const payload = payloadSchema.safeParse(given ?? {}).data ?? {}
  const event = EVENT_HEADERS.map((name) => headers.get(name)).find((value) => value) ?? null
  if (event === null) return plainRequest(payload)
  if (event.toLowerCase() === 'ping')
    return nothing('The hook works: from now on pushes to documented branches refresh them')
  const isPush = PUSH_EVENTS.includes(event.toLowerCase()) && (payload.object_kind ?? 'push') === 'push'
  if (isPush) return pushOf(payload)
  if (/^tag push/i.test(event)) return nothing('Tags do not refresh anything, only pushes to branches do')
  return nothing(`"${event.slice(0, 60)}" is not about a push, so nothing is done`)
}

function pushOf({ ref = '', after, deleted = false, repository, project }: Payload): Push {
  if (ref.startsWith('refs/tags/')) return nothing('Tags do not refresh anything, only pushes to branches do')
  if (!ref.startsWith(HEADS)) return nothing('The push names no branch in "ref", so nothing is done')
  const branch = ref.slice(HEADS.length)
  if (deleted || NO_COMMIT.test(after ?? '')) return nothing(`${branch} was deleted; its documentation stays as it is`)
  const isDefault = (repository?.default_branch ?? project?.default_branch) === branch
  return { kind: 'branch', branch, isDefault, commit: after ?? null }
}

function plainRequest({ ref, branch }: Payload): Push {
  const wanted = branch ?? ref
  if (wanted === undefined) return { kind: 'everything' }
  const name = wanted.startsWith(HEADS) ? wanted.slice(HEADS.length) : wanted
  return { kind: 'branch', branch: name, isDefault: false, commit: null }
}

function nothing(why: string): Push {
  return { kind: 'nothing', why }
}
