import type { Facts, SourceRange } from '#lib/domain/facts.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import type { Mentions } from '#lib/score/mentions.ts'

interface Entry {
  what: string
  name: string
  isNamed: boolean
  range: SourceRange | undefined
}

/**
 * Flags, sub-commands, environment variables, configuration keys, HTTP routes, data models and scripts that the code has
 * and the documentation names. What only a machine starts is no interface.
 */
export function measureInterfaceCoverage(facts: Facts, { flags, inCode, pieces }: Mentions): Finding {
  const roles = new Map(facts.files.map(({ path, role }) => [path, role]))
  const typed = facts.scripts.filter(({ invocation }) => invocation !== '')
  const all: Entry[] = [
    ...facts.flags.map(({ name, range }) => ({
      what: 'flag',
      name,
      isNamed: flags.has(name) || pieces.has(name),
      range,
    })),
    ...facts.environment.map(({ name, ranges }) => ({
      what: 'environment variable',
      name,
      isNamed: inCode.has(name) || pieces.has(name),
      range: ranges[0],
    })),
    ...facts.routes.map(({ method, path, range }) => ({
      what: 'route',
      name: `${method} ${path}`,
      isNamed: pieces.has(path.replace(/[.:]+$/, '')) || pieces.has(path) || pieces.has(`${method} ${path}`),
      range,
    })),
    ...facts.commands.map(({ name, range }) => ({
      what: 'command',
      name,
      isNamed: pieces.has(name) || name.split(' ').every((word) => pieces.has(word)),
      range,
    })),
    ...facts.configurationKeys.map(({ name, range }) => ({
      what: 'configuration key',
      name,
      isNamed: pieces.has(name) || inCode.has(name),
      range,
    })),
    ...facts.dataModels.map(({ name, symbol, range }) => ({
      what: 'data model',
      name,
      isNamed: [name, symbol].some((one) => one !== null && (pieces.has(one) || inCode.has(one))),
      range,
    })),
    ...typed.map(({ name, range }) => ({ what: 'script', name, isNamed: pieces.has(name), range })),
  ]
  const entries = all.filter(
    ({ range }) => !/^(?:test|example|docs|vendored|generated)$/.test(roles.get(range?.path ?? '') ?? ''),
  )
  const once = new Map(entries.map((entry) => [`${entry.what} ${entry.name}`, entry]))
  const missed = [...once.values()].filter(({ isNamed }) => !isNamed)
  return shareFinding(once.size, missed.map(missOf))
}

function missOf({ what, name, range }: Entry): ScoreMiss {
  const place = range ? `defined at ${range.path}:${range.start}` : 'defined'
  return { page: null, line: 0, claim: `${what} ${name}`, found: `${place}, named nowhere` }
}
