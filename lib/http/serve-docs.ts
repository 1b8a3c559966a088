import type { IncomingMessage, ServerResponse } from 'node:http'
import { authenticate, type Credential, credentialIn } from '#lib/auth/authenticate.ts'
import { hostOf, isSecure } from '#lib/auth/remote.ts'
import { loginAddress } from '#lib/domain/deep-link.ts'
import { parseRedirects, REDIRECTS_FILE } from '#lib/domain/redirects.ts'
import { DocsfyError } from '#lib/errors.ts'
import { offeredVariants, VARIANTS_FILE } from '#lib/http/docs-variants.ts'
import { errorAnswer } from '#lib/http/errors-to-http.ts'
import { sendFile } from '#lib/http/send-file.ts'
import { readSiteFile } from '#lib/http/site-files.ts'
import { admit, knownCaller } from '#lib/services/docs/admit.ts'

const PREFIX = '/docs/'
/** Kept by the reader's own browser alone: who may read it was asked when it was sent. */
const LASTING = 'private, max-age=31536000, immutable'

const JSON_TYPE = 'application/json; charset=utf-8'

/** Whether a request is for a generated site. */
export function isDocsRequest(request: IncomingMessage): boolean {
  return request.url?.startsWith(PREFIX) ?? false
}

/**
 * Serves `/docs/NAME/…` and `/docs/NAME/BRANCH/PROVIDER/MODEL/…` to those who may read it. With `~OWNER/` after `/docs/`
 * (or `?owner=`, which leads there) another owner's copy.
 */
export async function serveDocs(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuseMethod(response)
  try {
    await answer(request, response)
  } catch (error) {
    const { status, body, headers } = errorAnswer(error)
    if (status === 401 && wantsPage(request)) {
      redirect(response, loginAddress(request.url ?? '/'))
      return
    }
    response.writeHead(status, { ...headers, 'content-type': JSON_TYPE })
    response.end(JSON.stringify(body))
  }
}

function refuseMethod(response: ServerResponse): void {
  response.writeHead(405, { allow: 'GET, HEAD', 'cache-control': 'no-store', 'content-type': JSON_TYPE })
  response.end(JSON.stringify({ detail: 'Documentation is read with GET or HEAD' }))
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { authorization, cookie } = request.headers
  const credential = credentialIn({ authorization, cookie })
  const { path, query, asked, segments, owner } = await addressOf(request, credential)
  if (asked && (await authenticate(credential)))
    return redirect(response, `${PREFIX}~${encodeURIComponent(asked)}/${path.slice(PREFIX.length)}`)
  const { caller, site } = await admit({ credential, segments, owner })
  const inside = segments.slice(site.depth)
  if (inside.length === 0) return redirect(response, `${path}/${query && `?${query}`}`)
  if (inside.at(-1) === '') inside.splice(-1, 1, 'index.html')
  const base = path
    .split('/')
    .slice(0, (owner ? 3 : 2) + site.depth)
    .join('/')
  if (inside.length === 1 && inside[0] === VARIANTS_FILE) {
    const prefix = owner === undefined ? PREFIX : `${PREFIX}~${encodeURIComponent(owner)}/`
    const page = new URLSearchParams(query).get('page') ?? ''
    return sendJson(response, { variants: await offeredVariants({ caller, site, prefix, page }) })
  }
  const moved = await movedTo(site.root, inside)
  if (moved !== null) return redirect(response, `${base}/${moved}`)
  const file = await readSiteFile(site.root, inside)
  const headers = policyFor(request, base)
  if (file) {
    const isLasting = await neverChanges(site.root, { inside, query })
    headers['cache-control'] = isLasting ? LASTING : 'private, no-cache'
    return sendFile(request, response, { file, status: 200, headers })
  }
  const missing = wantsPage(request) ? await readSiteFile(site.root, ['404.html']) : null
  if (!missing) throw new DocsfyError('not_found', 'This documentation has no such page')
  return sendFile(request, response, {
    file: missing,
    status: 404,
    headers: {
      ...headers,
      ...policyFor(request, base, digestIn(missing.content)),
      'cache-control': 'private, no-cache',
    },
  })
}

/**
 * The script by which the page for lost readers finds its site from any depth, as its own policy names it at the beginning
 * of the page, where no text of a repository stands yet.
 */
function digestIn(page: Buffer | null): string {
  const head = page?.subarray(0, 400).toString('latin1') ?? ''
  return (
    /^<!doctype html>\n<html[^>]*>\n<head>\n<meta charset="utf-8">\n<meta [^>]*script-src &#39;self&#39; &#39;(sha256-[\w+/]{43}=)&#39;;/.exec(
      head,
    )?.[1] ?? ''
  )
}

/**
 * Whether an address can only ever mean what it means now: files of the search and pictures of the repository are named
 * by their content, and other assets are asked for with the version that the pages of this site name.
 */
async function neverChanges(root: string, { inside, query }: { inside: string[]; query: string }): Promise<boolean> {
  if (inside[0] === 'search') return /^[0-9a-f]{10}\.js$/.test(inside[1] ?? '')
  if (inside[0] === 'assets' && /^image-[0-9a-f]{20}\.[a-z]+$/.test(inside[1] ?? '')) return true
  const [, version] = /^v=([0-9a-f]{8})$/.exec(query) ?? []
  if (inside[0] !== 'assets' || version === undefined) return false
  const home = await readSiteFile(root, ['index.html'])
  return home?.content?.includes(`?v=${version}"`) ?? false
}

/** File that took the place of a page that is gone; null for every other one. */
async function movedTo(root: string, inside: string[]): Promise<string | null> {
  const [, slug, ending] = /^([a-z0-9-]+)(\.html|\.md)$/.exec(inside.length === 1 ? (inside[0] ?? '') : '') ?? []
  if (!slug || !ending) return null
  const known = await redirectsOf(root)
  const target = Object.hasOwn(known, slug) ? known[slug] : undefined
  return target === undefined ? null : `${encodeURIComponent(target)}${ending}`
}

/** Redirects of sites by folder, which never change; asked for with every page, and most sites have none. */
const redirects = new Map<string, Promise<Record<string, string>>>()
const MAX_REDIRECTS = 200

function redirectsOf(root: string): Promise<Record<string, string>> {
  const known = redirects.get(root)
  if (known) return known
  const read = readSiteFile(root, [REDIRECTS_FILE]).then((record) =>
    record?.content ? parseRedirects(record.content.toString('utf8')) : {},
  )
  redirects.set(root, read)
  // What could not be read is asked for again.
  read.catch(() => redirects.delete(root))
  for (const oldest of redirects.keys()) {
    if (redirects.size <= MAX_REDIRECTS) break
    redirects.delete(oldest)
  }
  return read
}

interface Address {
  /** As sent, without the query. */
  path: string
  /** As sent, without the question mark. */
  query: string
  /** Owner in the query. */
  asked: string | null
  /** Owner in the path. */
  owner: string | undefined
  segments: string[]
}

/** Throws `not_found` for an address that cannot be decoded, but only to callers who are known. */
async function addressOf(request: IncomingMessage, credential: Credential | null): Promise<Address> {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2)
  const decoded = decodedSegments(path.slice(PREFIX.length))
  if (!decoded) {
    await knownCaller(credential)
    throw new DocsfyError('not_found', 'There is nothing here')
  }
  const [first = '', ...rest] = decoded
  const owner = first.startsWith('~') ? first.slice(1) : undefined
  const asked = owner === undefined ? new URLSearchParams(query).get('owner') : null
  return { path, query, asked, owner, segments: owner === undefined ? [first, ...rest] : rest }
}

function decodedSegments(path: string): string[] | null {
  try {
    return path.split('/').map(decodeURIComponent)
  } catch {
    return null
  }
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(JSON.stringify(body))
}

/** A page of a stranger's repository shares our origin: it may run its site's own scripts and search index, nothing else. */
export function policyFor(request: IncomingMessage, base: string, digest = ''): Record<string, string> {
  const host = hostOf(request) ?? ''
  const known = /^[A-Za-z0-9.:[\]-]+$/.test(host) && !/[;,'"\s]/.test(base)
  const site = known ? `${isSecure(request) ? 'https' : 'http'}://${host}${base}/` : "'none'"
  const policy = [
    "default-src 'none'",
    `script-src ${known ? ['assets', 'search', 'receipts', 'signatures', 'users'].map((folder) => `${site}${folder}/`).join(' ') : site}${digest && ` '${digest}'`}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${site}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "worker-src 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    // Tells the scripts of the site that this host knows its other variants; other hosts are never asked.
    'server-timing': 'docsfy',
  }
}

function wantsPage(request: IncomingMessage): boolean {
  return request.headers.accept?.includes('text/html') ?? false
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location, 'cache-control': 'no-store' }).end()
}
