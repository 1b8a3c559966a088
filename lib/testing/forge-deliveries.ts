import { createHmac } from 'node:crypto'

const BEFORE = '95790bf891e76fee5e1747ab589903a6a1f80f22'
/** Where the pushed branch ends. */
export const PUSHED = 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7'
const NO_COMMIT = '0'.repeat(40)

/** A request of a forge, as its server sends it; not signed yet. */
export interface ForgeRequest {
  headers: Record<string, string>
  body: string
}

interface PushOptions {
  /** Full name. */
  ref?: string
  after?: string
  defaultBranch?: string
}

/** Shapes of the documented payloads; fields that nobody here reads are kept where they could be mistaken for others. */
export const PUSHES: Record<'github' | 'gitlab' | 'gitea' | 'forgejo', (options?: PushOptions) => ForgeRequest> = {
  github: (options) => ({
    headers: { ...json, 'user-agent': 'GitHub-Hookshot/044aadd', 'x-github-event': 'push', 'x-github-delivery': 'g-1' },
    body: JSON.stringify(githubPush(options)),
  }),
  gitlab: (options) => ({
    headers: { ...json, 'user-agent': 'GitLab/18.5.0', 'x-gitlab-event': 'Push Hook', 'x-gitlab-event-uuid': 'l-1' },
    body: JSON.stringify(gitlabPush(options)),
  }),
  gitea: (options) => ({
    headers: { ...json, ...giteaHeaders, 'x-gitea-event-type': 'push' },
    body: JSON.stringify(giteaPush(options)),
  }),
  forgejo: (options) => ({
    headers: { ...json, ...giteaHeaders, 'x-forgejo-event': 'push', 'x-forgejo-delivery': 'f-1' },
    body: JSON.stringify(giteaPush(options)),
  }),
}
export const FORGES = ['github', 'gitlab', 'gitea', 'forgejo'] as const
export type Forge = (typeof FORGES)[number]

const json = { 'content-type': 'application/json' }
/** Gitea and Forgejo also speak to receivers that were made for GitHub or Gogs. */
const giteaHeaders = {
  'x-gitea-event': 'push',
  'x-gitea-delivery': 't-1',
  'x-gogs-event': 'push',
  'x-gogs-delivery': 't-1',
  'x-github-event': 'push',
  'x-github-delivery': 't-1',
}

/** What a forge sends besides pushes to branches. */
export const OTHER_EVENTS: Record<string, ForgeRequest> = {
  'a ping of GitHub': {
    headers: { ...json, 'x-github-event': 'ping' },
    body: JSON.stringify({ zen: 'Design for failure.', hook_id: 1, hook: { type: 'Repository', events: ['push'] } }),
  },
  'a deleted branch of GitHub': {
    ...PUSHES.github(),
    body: JSON.stringify({ ...githubPush({ after: NO_COMMIT }), deleted: true, head_commit: null, commits: [] }),
  },
  'another event of GitHub': { headers: { ...json, 'x-github-event': 'issues' }, body: '{"action":"opened"}' },
  'a deleted tag of GitHub': PUSHES.github({ ref: 'refs/tags/v1.0.0', after: NO_COMMIT }),
  'a ref of GitHub that is neither branch nor tag': PUSHES.github({ ref: 'refs/tags/' }),
  'a deleted branch of GitLab': {
    ...PUSHES.gitlab(),
    body: JSON.stringify({ ...gitlabPush({ after: NO_COMMIT }), checkout_sha: null }),
  },
  'another event of GitLab': {
    headers: { ...json, 'x-gitlab-event': 'Merge Request Hook' },
    body: JSON.stringify({ object_kind: 'merge_request', object_attributes: { source_branch: 'main' } }),
  },
  'a system event of GitLab': {
    headers: { ...json, 'x-gitlab-event': 'System Hook' },
    body: JSON.stringify({ event_name: 'project_create', object_kind: 'project_create' }),
  },
  'a deleted branch of Gitea': PUSHES.gitea({ after: NO_COMMIT }),
}

/** A push as GitLab tells it of a tag. */
export function asGitlabTag({ headers, body }: ForgeRequest): ForgeRequest {
  const tag = { object_kind: 'tag_push', event_name: 'tag_push' }
  return {
    headers: { ...headers, 'x-gitlab-event': 'Tag Push Hook' },
    body: JSON.stringify({ ...JSON.parse(body), ...tag }),
  }
}

function githubPush({ ref = 'refs/heads/main', after = PUSHED, defaultBranch = 'main' }: PushOptions = {}) {
  return {
    ref,
    before: BEFORE,
    after,
    repository: { id: 186853002, name: 'lib', full_name: 'org/lib', private: false, default_branch: defaultBranch },
    pusher: { name: 'ann', email: 'ann@example.com' },
    created: false,
    deleted: false,
    forced: false,
    base_ref: null,
    compare: 'https://git.example/org/lib/compare/95790bf891e7...da1560886d4f',
    commits: [{ id: after, message: 'A change', added: [], removed: [], modified: ['a.ts'] }],
    head_commit: { id: after, message: 'A change' },
  }
}

function gitlabPush({ ref = 'refs/heads/main', after = PUSHED, defaultBranch = 'main' }: PushOptions = {}) {
  return {
    object_kind: 'push',
    event_name: 'push',
    before: BEFORE,
    after,
    ref,
    ref_protected: true,
    checkout_sha: after,
    user_username: 'ann',
    project_id: 15,
    project: { id: 15, name: 'lib', path_with_namespace: 'org/lib', default_branch: defaultBranch },
    repository: { name: 'lib', url: 'git@git.example:org/lib.git', visibility_level: 0 },
    commits: [],
    total_commits_count: 0,
  }
}

function giteaPush({ ref = 'refs/heads/main', after = PUSHED, defaultBranch = 'main' }: PushOptions = {}) {
  return {
    ref,
    before: BEFORE,
    after,
    compare_url: 'https://git.example/org/lib/compare/95790bf891e7...da1560886d4f',
    commits: [],
    total_commits: 0,
    head_commit: null,
    repository: { id: 140, name: 'lib', full_name: 'org/lib', default_branch: defaultBranch },
    pusher: { id: 1, login: 'ann' },
    sender: { id: 1, login: 'ann' },
  }
}

/** The same as the other content type that GitHub and Gitea offer: a form with the JSON in one field. */
export function asForm({ headers, body }: ForgeRequest): ForgeRequest {
  const form = new URLSearchParams({ payload: body }).toString()
  return { headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body: form }
}

/** Signs a request as its forge does. `signedText` is what Gitea signs of a form; `at` is the time of GitLab's signature. */
export function signed(
  forge: Forge | 'gitlab-signature',
  request: ForgeRequest,
  { secret, signedText = request.body, atMs = Date.now() }: { secret: string; signedText?: string; atMs?: number },
): ForgeRequest {
  const hex = createHmac('sha256', secret).update(signedText).digest('hex')
  const gitea = { 'x-gitea-signature': hex, 'x-gogs-signature': hex, 'x-hub-signature-256': `sha256=${hex}` }
  const proofs: Record<typeof forge, () => Record<string, string>> = {
    github: () => ({ 'x-hub-signature-256': `sha256=${hex}` }),
    gitlab: () => ({ 'x-gitlab-token': secret }),
    'gitlab-signature': () => standardSignature(request.body, secret, atMs),
    gitea: () => gitea,
    forgejo: () => ({ ...gitea, 'x-forgejo-signature': hex }),
  }
  return { ...request, headers: { ...request.headers, ...proofs[forge]() } }
}

function standardSignature(body: string, secret: string, atMs: number): Record<string, string> {
  const [id, seconds] = ['msg-1', String(Math.floor(atMs / 1000))]
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` }
}
