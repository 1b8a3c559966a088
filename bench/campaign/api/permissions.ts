import { CASES, type Case, endpointOf, expectedOfBad, expectedStatus } from '../../../e2e/api-cases.ts'
import { type Caller, createWorld, type World } from '../../../e2e/api-world.ts'
import { atLeast, type Goal, noneOf, type Row } from '../goal.ts'

/** B6. The same requests are an end-to-end test, which also holds every answer against the OpenAPI document. */
export const permissions: Goal = {
  title: 'Every route as every kind of caller, against the permission table',
  fast: false,
  measure,
}

async function measure(): Promise<Row[]> {
  const world = await createWorld()
  try {
    const results = { tried: 0, wrong: [] as string[] }
    for (const one of CASES) for (const caller of world.callers) await tryGood({ one, caller, world, results })
    // What is wrong with the words alone is wrong for everybody; the rest is about what admins see.
    for (const one of CASES)
      for (const bad of one.bad ?? [])
        if (bad.status === 422) for (const caller of world.callers) await tryBad({ one, caller, world, results }, bad)
    const id = 'B6'
    const { tried, wrong } = results
    return [
      atLeast({ id, what: 'kinds of callers', figure: world.callers.length, least: 8 }),
      atLeast({ id, what: `requests to ${CASES.length} endpoints`, figure: tried, least: CASES.length * 8 }),
      noneOf(id, 'answers that are not what the table says', wrong),
    ]
  } finally {
    await world.remove()
  }
}

interface Trial {
  one: Case
  caller: Caller
  world: World
  results: { tried: number; wrong: string[] }
}

async function tryGood({ one, caller, world, results }: Trial): Promise<void> {
  const { method } = endpointOf(one.endpoint)
  const path = await one.path(caller, world)
  const headers = { 'x-forwarded-for': `10.0.0.${world.callers.indexOf(caller)}` }
  const { status } = await world.ask(caller, path, { method, body: one.body?.(caller, world), headers })
  note(results, { line: `${method} ${path} as ${caller.title}`, status, expected: expectedStatus(one, caller) })
}

async function tryBad({ one, caller, world, results }: Trial, bad: NonNullable<Case['bad']>[number]): Promise<void> {
  const { method } = endpointOf(one.endpoint)
  const path = bad.path ?? (await one.path(caller, world))
  const body = bad.body ?? (method === 'GET' ? undefined : {})
  const headers = { ...bad.headers, 'x-forwarded-for': '10.1.0.1' }
  const { status } = await world.ask(caller, path, { method, body, headers })
  const expected = expectedOfBad(one, caller, bad.status)
  note(results, { line: `bad ${method} ${path} as ${caller.title}`, status, expected })
}

function note(
  results: Trial['results'],
  { line, status, expected }: { line: string; status: number; expected: number },
) {
  results.tried += 1
  if (status !== expected) results.wrong.push(`${line}: ${status} instead of ${expected}`)
}
