/**
 * Why `name` is not accepted as a branch name, or null when it is. The rules are those of `git check-ref-format`
 * plus the leading dash, which could be taken for an option.
 */
export function refNameProblem(name: string): string | null {
  if (!name) return 'Branch name is empty'
  if (name.length > 200) return 'Branch name is longer than 200 characters'
  if (name.startsWith('-')) return 'Branch name must not start with "-"'
  if (name.includes('..')) return 'Branch name must not contain ".."'
  for (const char of name) {
    if (char < ' ' || char === '\u007f') return 'Branch name must not contain control characters'
    if (' ~^:?*[\\'.includes(char)) return `Branch name must not contain "${char}"`
  }
  if (name === '@' || name.includes('@{')) return 'Branch name must not contain "@{" or be "@"'
  if (name.startsWith('/') || name.endsWith('/') || name.includes('//'))
    return 'Branch name has an empty part between slashes'
  if (name.endsWith('.')) return 'Branch name must not end with "."'
  if (name.split('/').some((part) => part.startsWith('.') || part.endsWith('.lock')))
    return 'A part of the branch name starts with "." or ends with ".lock"'
  return null
}

/** Writes a branch or model id as one path segment: `/` becomes `~2F`. `~` cannot occur in a ref name; elsewhere it becomes `~7E`. */
export function toSegment(value: string): string {
  return value.replaceAll('~', '~7E').replaceAll('/', '~2F')
}

/** Inverse of toSegment. */
export function fromSegment(segment: string): string {
  return segment.replaceAll(/~2F/gi, '/').replaceAll(/~7E/gi, '~')
}

/** Branch of a variant that follows whatever HEAD of its repository names. */
export const HEAD_BRANCH = 'HEAD'
