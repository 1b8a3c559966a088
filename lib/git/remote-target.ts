import { refNameProblem } from '#lib/domain/ref-name.ts'
import { DocsfyError } from '#lib/errors.ts'
import { ambiguousCommit, nothingToRead, refMissing } from './ref-errors.ts'

const HEADS = 'refs/heads/'
const TAGS = 'refs/tags/'
/** Git takes no fewer than four digits, people give seven; fewer than seven are mostly words such as "dead". */
const COMMIT_ID = /^[0-9a-f]{7,40}$/i
const WHOLE_ID = 40

export interface RemoteRef {
  ref: string
  oid: string
  /** What a symbolic ref names. */
  target?: string
  /** The object behind an annotated tag. */
  peeled?: string
}

/** Lists the refs of a remote repository whose full name begins with `prefix`. */
export type ListRefs = (prefix: string) => Promise<RemoteRef[]>

export interface RemoteTarget {
  /** Null: a short commit id that no ref ends in. */
  commit: string | null
  /** As it was asked for; for a HEAD that names no branch the short commit id. */
  branch: string
  /** What to ask the server for: the full name of a ref, or a commit id, perhaps shortened. */
  want: string
}

/**
 * What a branch, tag, full ref name or commit id (null: HEAD) of a remote repository means. A branch wins over a tag of the
 * same name. Throws `repository_unavailable` naming what there is instead, `invalid_input`.
 */
export async function remoteTarget(listRefs: ListRefs, wanted: string | null): Promise<RemoteTarget> {
  if (wanted === null) return headTarget(listRefs)
  const problem = refNameProblem(wanted)
  if (problem) throw new DocsfyError('invalid_input', problem)
  const names = wanted.startsWith('refs/') ? [wanted] : [HEADS + wanted, TAGS + wanted]
  for (const name of names) {
    const found = (await listRefs(name)).find(({ ref }) => ref === name)
    if (found) return { commit: found.peeled ?? found.oid, branch: wanted, want: name }
  }
  if (COMMIT_ID.test(wanted)) return commitTarget(listRefs, wanted)
  throw await missingFrom(listRefs, wanted)
}

/** The error for a name that nothing in the remote repository has. */
export async function missingFrom(listRefs: ListRefs, wanted: string): Promise<DocsfyError> {
  const [head, branches, tags] = [
    await findHead(listRefs),
    await namesUnder(listRefs, HEADS),
    await namesUnder(listRefs, TAGS),
  ]
  if (branches.length === 0 && tags.length === 0) return nothingToRead([])
  return refMissing({ wanted, fallback: branchOf(head), branches, tags })
}

/** Commits at the end of a ref are fetched by its name, which every server allows. */
async function commitTarget(listRefs: ListRefs, wanted: string): Promise<RemoteTarget> {
  const id = wanted.toLowerCase()
  const ends = (await listRefs('refs/')).filter(({ oid, peeled }) => (peeled ?? oid).startsWith(id))
  const commits = [...new Set(ends.map(({ oid, peeled }) => peeled ?? oid))]
  if (commits.length > 1) throw ambiguousCommit(wanted, commits)
  const [end] = ends
  if (end) return { commit: end.peeled ?? end.oid, branch: wanted, want: end.ref }
  return { commit: id.length === WHOLE_ID ? id : null, branch: wanted, want: id }
}

async function headTarget(listRefs: ListRefs): Promise<RemoteTarget> {
  const head = await findHead(listRefs)
  if (!head) throw nothingToRead(await namesUnder(listRefs, HEADS))
  const branch = branchOf(head)
  return branch
    ? { commit: head.oid, branch, want: HEADS + branch }
    : { commit: head.oid, branch: head.oid.slice(0, 7), want: 'HEAD' }
}

async function findHead(listRefs: ListRefs): Promise<RemoteRef | undefined> {
  return (await listRefs('HEAD')).find(({ ref }) => ref === 'HEAD')
}

function branchOf(head: RemoteRef | undefined): string | null {
  const branch = head?.target?.startsWith(HEADS) ? head.target.slice(HEADS.length) : null
  return branch && refNameProblem(branch) === null ? branch : null
}

async function namesUnder(listRefs: ListRefs, prefix: string): Promise<string[]> {
  return (await listRefs(prefix)).map(({ ref }) => ref.slice(prefix.length))
}
