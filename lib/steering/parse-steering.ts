import { type Document, isMap, isScalar, parseDocument, visit } from 'yaml'
import { STEERING_FIELDS, type Steering } from '#lib/domain/steering.ts'

export interface ParsedSteering {
  steering: Steering
  /** What was left out and why, one sentence each. */
  notices: string[]
}

const MOST_NOTICES = 10
const MOST_QUOTED = 200
/** Each one may cost the reader a part of its stack, and each error as much time as there were errors before. */
const MOST_BRACKETS = 600
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
  if ((source.match(/[[{]/g)?.length ?? 0) > MOST_BRACKETS)
    return { problem: `it has more than ${MOST_BRACKETS} opening brackets` }
  try {
    // Else the library compares every key with every other one, and quotes the source for each of its errors.
    const document = parseDocument(source, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' })
    const [error] = document.errors
    if (error) {
      const line = source.slice(0, error.pos[0]).split('\n').length
      return { problem: `it is no YAML: ${error.message.slice(0, MOST_QUOTED)}, at line ${line}` }
    }
    const key = repeatedKey(document)
    if (key !== null) return { problem: `it has "${key.slice(0, 60)}" twice in one place` }
    return { data: document.toJS({ maxAliasCount: 0 }) }
  } catch (error) {
    const isAlias = error instanceof ReferenceError
    return { problem: isAlias ? 'it uses aliases, which are not followed' : 'it cannot be read as YAML' }
  }
}

function repeatedKey(document: Document): string | null {
  let repeated: string | null = null
  visit(document, (_place, node) => {
    if (!isMap(node)) return undefined
    const seen = new Set<string>()
    for (const { key } of node.items) {
      const name = String(isScalar(key) ? key.value : key)
      if (seen.has(name)) repeated = name
      seen.add(name)
    }
    return repeated === null ? undefined : visit.BREAK
  })
  return repeated
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
