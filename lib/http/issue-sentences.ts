import type { z } from 'zod'
import type { Issue } from '#lib/errors.ts'

const MAX_ISSUES = 20
const TYPE_NAMES: Record<string, string> = {
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a JSON object',
}

/** What is wrong with a value, for people, where its schema has no words of its own. */
export function issueMessage(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'Is missing' : `Must be ${TYPE_NAMES[issue.expected] ?? issue.expected}`
  if (issue.code === 'invalid_value') return `Must be one of ${issue.values.map(String).join(', ')}`
  if (issue.code === 'unrecognized_keys') return `Has fields that are not known: ${issue.keys.slice(0, 5).join(', ')}`
  if (issue.code === 'too_small') return limitMessage('at least', issue.origin, issue.minimum)
  if (issue.code === 'too_big') return limitMessage('at most', issue.origin, issue.maximum)
  return undefined
}

function limitMessage(bound: string, origin: string, limit: number | bigint): string {
  if (origin === 'string') return `Must have ${bound} ${limit} character${Number(limit) === 1 ? '' : 's'}`
  return `Must be ${bound} ${limit}`
}

/** The first problems of an input: where, and what. */
export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.slice(0, MAX_ISSUES).map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
}

/** All of them in one sentence. */
export function issuesSentence(issues: Issue[]): string {
  return issues.map(clause).join('; ')
}

function clause({ path, message }: Issue): string {
  if (!/^(Must|Is|Has) /.test(message)) return message
  return `${path || 'The body'} ${message[0]?.toLowerCase()}${message.slice(1)}`
}
