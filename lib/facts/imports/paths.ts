/** Directory of a path; empty for the root. */
export function dirOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** Joins repository paths and resolves `.` and `..`; null when the result leaves the repository. */
export function joinPath(dir: string, relative: string): string | null {
  const parts: string[] = []
  for (const part of `${dir}/${relative}`.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parts.join('/')
}

/** Of several files the one that shares most folders with another file; the first of these. */
export function nearest(from: string, paths: string[]): string {
  const parts = from.split('/')
  let best = { path: paths[0] ?? '', shared: -1 }
  for (const path of paths) {
    const shared = path.split('/').findIndex((part, at) => part !== parts[at])
    if (shared > best.shared) best = { path, shared }
  }
  return best.path
}
