export interface Wire {
  path: string
  method?: string
  body?: unknown
}

const READY = '/api/projects/sample/feature~2Flamps/builtin/static'

/** The same text in every field of the API that takes any. `repoUrl` is a repository whose server never answers. */
export function requestsWith(text: string, repoUrl: string): Wire[] {
  const part = encodeURIComponent(text.toWellFormed()) || '%20'
  const variant = (place: number) =>
    ['sample', 'main', 'builtin', 'static'].map((value, index) => (index === place ? part : value)).join('/')
  const body = (path: string, value: unknown): Wire => ({ path, method: 'POST', body: value })
  return [
    ...[0, 1, 2, 3].map((place) => ({ path: `/api/projects/${variant(place)}` })),
    { path: `/api/projects/${part}` },
    { path: `/api/projects/${part}`, method: 'DELETE' },
    { path: `/api/projects/by-id/${part}` },
    { path: `${READY}/runs/${part}/events` },
    { path: `${READY}/runs/x/events?after=${part}` },
    { path: `${READY}?owner=${part}` },
    { path: `/api/projects?${part}=${part}` },
    { path: `/api/admin/users/${part}`, method: 'DELETE' },
    { path: `/api/admin/projects/${part}/access?owner=${part}` },
    { path: `/api/credentials?host=${part}`, method: 'DELETE' },
    { path: `/docs/sample/${part}` },
    { path: `/docs/${part}/x` },
    { path: `/sign-in?token=${part}&next=${part}` },
    body('/api/auth/login', { username: text, api_key: text }),
    body('/api/auth/login', { username: 'olga', api_key: text }),
    body('/api/auth/login', { [text]: text }),
    body('/api/auth/login', text),
    body('/api/credentials', { host: text, username: text, token: text }),
    body('/api/credentials', { host: 'git.example', username: text, token: text }),
    body('/api/admin/users', { username: text, role: text }),
    body('/api/admin/users/rosa/rotate-key', { new_key: text }),
    body('/api/admin/projects/sample/access', { username: text, owner: text }),
    body('/api/generate', { repo_url: text }),
    body('/api/generate', { repo_url: `${repoUrl}/${text}` }),
    body('/api/generate', { repo_path: text }),
    body('/api/generate', { repo_path: `/tmp/${text}` }),
    body('/api/generate', { repo_url: repoUrl, branch: text }),
    body('/api/generate', { repo_url: repoUrl, ai_provider: text, ai_model: text, repo_type: text }),
  ]
}

/** The same in every address of a page. */
export function pagesWith(text: string): Wire[] {
  const part = encodeURIComponent(text.toWellFormed()) || '%20'
  const addresses = [
    `/v/${part}/${part}/${part}/${part}`,
    `/p/${part}`,
    `/login?next=${part}`,
    `/docs/~${part}/sample/`,
  ]
  return addresses.map((path) => ({ path }))
}
