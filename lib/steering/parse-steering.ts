import { parseDocument } from 'yaml'
import { STEERING_FIELDS, type Steering } from '#lib/domain/steering.ts'

export interface ParsedSteering {
  steering: Steering
  /** What was left out and why, one sentence each. */
  notices: string[]
}

const MOST_NOTICES = 10
const FIELDS = Object.entries(STEERING_FIELDS)

/** Reads wishes from YAML. What is wrong is left out and told; the rest counts. Never throws. */
export function parseSteering(source: string): ParsedSteering {
  const read = plainData(source)
  if ('problem' in read) return { steering: {}, notices: [read.problem] }
  const { data } = read
  if (data === null) return { steering: {}, notices: [] }
  if (typeof data !== 'object' || Array.isArray(data))
    return { steering: {}, notices: ['it is not a list of settings by name'] }
  const steering: Record<string, unknown> = {}
  const notices: string[] = []
  for (const [key, value] of Object.entries(data)) {
    const schema = FIELDS.find(([name]) => name === key)?.[1]
    if (!schema) {
      const known = FIELDS.map(([name]) => name).join(', ')
      notices.push(`"${key.slice(0, 60)}" is no setting; there are ${known}`)
      continue
    }
    const parsed = schema.safeParse(value)
    if (parsed.success) steering[key] = parsed.data
    else notices.push(faultOf(key, parsed.error.issues))
  }
  return { steering, notices: shortened(notices) }
}

/** Aliases could make a small file a huge one; none are followed. */
function plainData(source: string): { data: unknown } | { problem: string } {
  try {
    const document = parseDocument(source, { uniqueKeys: true, logLevel: 'silent' })
    const [error] = document.errors
    if (error) return { problem: `it is no YAML: ${error.message.split('\n')[0]}` }
    return { data: document.toJS({ maxAliasCount: 0 }) }
  } catch {
    return { problem: 'it uses aliases, which are not followed' }
  }
}

/** `"pages" is left out, because of pages.0.title: it has to be a text`. */
function faultOf(key: string, issues: readonly { path: PropertyKey[]; message: string }[]): string {
  const [first] = issues
  const place = [key, ...(first?.path ?? [])].map(String).join('.').slice(0, 120)
  return `"${key}" is left out, because of ${place}: ${first?.message ?? ''}`
}

function shortened(notices: string[]): string[] {
  const more = notices.length - MOST_NOTICES
  return more > 0 ? [...notices.slice(0, MOST_NOTICES), `and ${more} more`] : notices
}
