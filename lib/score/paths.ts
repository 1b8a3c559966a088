import type { RepositoryText } from '#lib/score/repository-text.ts'

/** Go modules and import maps are named by a host: `gopkg.in/yaml.v3`. */
const STARTS_WITH_HOST = /^(?:[\w-]+\.)+(?:com|org|net|io|in|dev|sh|app|co)\//i

/** Folders that tools make and that no commit holds. */
const NEVER_COMMITTED = /^(?:\.\/)?(?:node_modules|\.?venv|__pycache__|htmlcov|\.git|\.vite|\.cache)(?:\/|$)/
/** `.get/.post/.put`: names of methods, one after another. */
const METHODS = /^(?:\.[A-Za-z]\w*\/)+\.[A-Za-z]\w*$/

/** Whether inline code reads as a path of the repository: has a slash, and ends in a slash or a file ending. */
export function isPathLike(code: string): boolean {
  if (!/^[\w@.+()[\]-][\w@.+()[\]/-]*$/.test(code) || !code.includes('/') || code.includes('//')) return false
  if (STARTS_WITH_HOST.test(code) || NEVER_COMMITTED.test(code) || METHODS.test(code) || /^[./]+$/.test(code))
    return false
  return code.endsWith('/') || /\.[A-Za-z][A-Za-z0-9]{0,9}$/.test(code)
}

/** Whether a path, with or without leading `./` and trailing `/`, is a file or folder at the commit. */
export function pathExists(code: string, repository: RepositoryText): boolean {
  return repository.hasPath(code.replace(/^\.\//, '').replace(/\/+$/, ''))
}
