import { decoded } from '#lib/domain/decoded.ts'
import type { Inline } from '#lib/score/pages/page.ts'

/** What a page points at in the repository. */
export interface Pointer {
  path: string
  /** Lines, 1-based and inclusive; null for the file as a whole. */
  lines: { start: number; end: number } | null
  /** The commit, branch or tag its link names; null when it names none. */
  ref: string | null
  /** What a label `path:3-9` says when the link says something else; null when they agree. */
  labelSays: string | null
}

/** What is needed to tell a pointer into this repository from any other link. */
export interface RepositoryPaths {
  hasPath(path: string): boolean
  /** `owner/name` of the forge, lower case, whose links count; null when the documentation links to none. */
  forge: string | null
}

const LABEL = /^(.+?)[:#]L?(\d+)(?:\s*[-–]\s*L?(\d+))?$/
const FRAGMENT = /^#L(\d+)(?:C\d+)?(?:-L?(\d+)(?:C\d+)?)?$/
const BLOB = /^https?:\/\/[^/]+\/(.+?)\/(?:-\/)?(?:blob|src\/(?:branch|commit|tag))\/([^#?]+)(#[^?]*)?$/

/** The citation in a link or in code such as `lib/a.ts:3-9`; null when it points at nothing in the repository. */
export function pointerOf(inline: Inline, repository: RepositoryPaths): Pointer | null {
  if (inline.kind === 'code') return labelPointer(inline.text, repository)
  if (inline.kind !== 'link' || inline.href === null) return null
  const { href } = inline
  if (href === '' || href === '#') return labelPointer(inline.text, repository)
  const [address = '', fragment = ''] = splitFragment(href)
  const pointer =
    schemePointer(address, fragment) ??
    forgePointer(href, repository) ??
    sourcePagePointer({ address, fragment, label: inline.text }, repository) ??
    relativePointer({ address, fragment }, repository)
  return pointer && { ...pointer, labelSays: disagreement(pointer, inline.text) }
}

/** `owner/name` of the forge whose links lead to files that this repository has, most of them; null when there is none. */
export function forgeOf(inlines: Iterable<Inline>, hasPath: (path: string) => boolean): string | null {
  const counts = new Map<string, { all: number; ours: number }>()
  for (const { href } of inlines) {
    const match = href ? BLOB.exec(href) : null
    if (!match?.[1] || !match[2]) continue
    const forge = match[1].toLowerCase()
    const count = counts.get(forge) ?? { all: 0, ours: 0 }
    count.all += 1
    if (pathWithin(match[2], hasPath).isKnown) count.ours += 1
    counts.set(forge, count)
  }
  const ranked = [...counts].filter(([, { all, ours }]) => ours * 2 >= all).sort(([, a], [, b]) => b.ours - a.ours)
  return ranked[0]?.[0] ?? null
}

type Found = Omit<Pointer, 'labelSays'>

function schemePointer(address: string, fragment: string): Found | null {
  if (!address.startsWith('source:')) return null
  return { path: decoded(address.slice('source:'.length)), lines: linesOf(fragment) ?? { start: 0, end: 0 }, ref: null }
}

function forgePointer(href: string, { forge, hasPath }: RepositoryPaths): Found | null {
  const match = BLOB.exec(href)
  if (!match?.[1] || !match[2] || match[1].toLowerCase() !== forge) return null
  const { ref, path } = pathWithin(match[2], hasPath)
  return path === '' ? null : { path, lines: linesOf(match[3] ?? ''), ref }
}

/** Branch and path: a branch may hold slashes, so the first split that gives a path of this repository wins. */
function pathWithin(rest: string, hasPath: (path: string) => boolean): { ref: string; path: string; isKnown: boolean } {
  const segments = decoded(rest).split('/')
  const known = segments.findIndex((_, index) => index > 0 && hasPath(segments.slice(index).join('/')))
  const split = Math.max(known, 1)
  return { ref: segments.slice(0, split).join('/'), path: segments.slice(split).join('/'), isKnown: known > 0 }
}

/** A page of the source inside the site: named after the file, or else by its label. */
function sourcePagePointer(
  { address, fragment, label }: { address: string; fragment: string; label: string },
  { hasPath }: RepositoryPaths,
): Found | null {
  const named = /^(?:\.{1,2}\/)*source\/(.+)\.html$/.exec(address)?.[1]
  const lines = linesOf(fragment)
  if (!named || !lines) return null
  const path = decoded(named)
  if (hasPath(path)) return { path, lines, ref: null }
  return { path: LABEL.exec(label.trim())?.[1] ?? path, lines, ref: null }
}

/** A relative link that leaves the documentation for a file of the repository. */
function relativePointer(
  { address, fragment }: { address: string; fragment: string },
  { hasPath }: RepositoryPaths,
): Found | null {
  if (!/^\.{1,2}\//.test(address) && !linesOf(fragment)) return null
  const path = decoded(address).replace(/^(?:\.{1,2}\/)+/, '')
  return /^[a-z]+:/i.test(address) || !/\.\w+$/.test(path) || !hasPath(path)
    ? null
    : { path, lines: linesOf(fragment), ref: null }
}

/** `lib/a.ts:3-9` as it stands: a claim only where it is a path of this repository, or reads as nothing else. */
function labelPointer(text: string, { hasPath }: RepositoryPaths): Pointer | null {
  const match = LABEL.exec(text.trim())
  const path = match?.[1] ?? ''
  if (!match || !(hasPath(path) || /^[\w@./+-]+\/[\w@.+-]+\.[a-z]\w{0,9}$/i.test(path)) || /^\w+:\/\//.test(path))
    return null
  const start = Number(match[2])
  return { path, lines: { start, end: Number(match[3] ?? start) }, ref: null, labelSays: null }
}

function disagreement({ path, lines }: Found, label: string): string | null {
  const match = LABEL.exec(label.trim())
  if (!match?.[1] || !lines || !/[./]/.test(match[1])) return null
  const start = Number(match[2])
  const end = Number(match[3] ?? start)
  const samePath = path === match[1] || path.endsWith(`/${match[1]}`)
  return samePath && start === lines.start && end === lines.end ? null : label.trim()
}

function linesOf(fragment: string): Pointer['lines'] {
  const match = FRAGMENT.exec(fragment)
  if (!match) return null
  const start = Number(match[1])
  return { start, end: Number(match[2] ?? start) }
}

function splitFragment(href: string): [address: string, fragment: string] {
  const at = href.indexOf('#')
  return at === -1 ? [href, ''] : [href.slice(0, at), href.slice(at)]
}
