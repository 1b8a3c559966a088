import { ENDPOINTS } from '#lib/http/endpoints/table.ts'

export interface Refusal {
  status: 400 | 404 | 405
  detail: string
  headers: Record<string, string>
}

const endpoints = Object.values(ENDPOINTS).map(({ method, path }) => ({ method, pattern: patternOf(path) }))

/** Why the API has no answer at all to this method and address, in JSON like all its answers; null when it has one. */
export function refusalOf(method: string, url: string): Refusal | null {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  if (!isDecodable(path)) return { status: 400, detail: 'The address is not valid percent-encoding', headers: {} }
  if (!path.startsWith('/api/')) return null
  const methods = endpoints.filter(({ pattern }) => pattern.test(path)).map((endpoint) => endpoint.method as string)
  if (methods.length === 0) return { status: 404, detail: 'The API has no such address', headers: {} }
  if (methods.includes(method === 'HEAD' ? 'GET' : method) || method === 'OPTIONS') return null
  const allow = methods.join(', ')
  return { status: 405, detail: `This address of the API takes only ${allow}`, headers: { allow } }
}

function patternOf(path: string): RegExp {
  const source = path
    .split('/')
    .map((segment) => (segment.startsWith('{') ? '[^/]+' : segment.replaceAll('.', '\\.')))
    .join('/')
  return new RegExp(`^${source}$`)
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
