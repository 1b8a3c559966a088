import { ADMIN_USERNAME } from '#lib/domain/kinds.ts'

export const USERNAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{1,49}$/
export const USERNAME_RULE = 'A username has 2 to 50 letters, digits, ".", "_" or "-" and starts with a letter or digit'
export const USERNAME_RESERVED = 'The username "admin" is reserved'

/** What is wrong with a new username, as a sentence; null when nothing is. */
export function usernameProblem(name: string): string | null {
  if (!USERNAME_PATTERN.test(name)) return USERNAME_RULE
  return isReserved(name) ? USERNAME_RESERVED : null
}

export function isReserved(name: string): boolean {
  return name.toLowerCase() === ADMIN_USERNAME
}
