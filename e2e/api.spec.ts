import { expect, test } from '@playwright/test'
import { ENDPOINTS } from '#lib/http/endpoints/table.ts'
import { CASES, endpointOf, expectedOfBad, expectedStatus } from './api-cases.ts'
import type { Answer } from './api-client.ts'
import { Contract } from './api-contract.ts'
import { createWorld, type World } from './api-world.ts'

let world: World
let contract: Contract
test.beforeAll(async () => {
  world = await createWorld()
  contract = new Contract((await world.ask(null, '/api/openapi.json')).json as object)
})
test.afterAll(() => world.remove())

test('the document lists every endpoint, and every endpoint is tried here', () => {
  const listed = Object.values(ENDPOINTS).map(({ method, path }) => `${method} ${path}`)
  expect(contract.operations().sort()).toEqual(listed.sort())
  expect(CASES.map(({ endpoint }) => endpoint).sort()).toEqual(Object.keys(ENDPOINTS).sort())
})

test('what each caller gets is what the permission table says, in the form the document says', async () => {
  const found: string[] = []
  const expected: string[] = []
  for (const one of CASES) {
    const { method, path: template } = endpointOf(one.endpoint)
    for (const caller of world.callers) {
      const path = await one.path(caller, world)
      const body = one.body?.(caller, world)
      const headers = { 'x-forwarded-for': `10.0.0.${world.callers.indexOf(caller)}` }
      const answer = await world.ask(caller, path, { method, body, headers })
      const line = `${method} ${path}, ${caller.title}:`
      expected.push(`${line} ${expectedStatus(one, caller)}`)
      found.push(`${line} ${answer.status}${told(contract.problemOf(`${method} ${template}`, answer))}`)
    }
  }
  expect(found).toEqual(expected)
})

test('bad input gets the status the contract says and a sentence, and nobody learns more from it than from good input', async () => {
  const found: string[] = []
  const expected: string[] = []
  for (const one of CASES)
    for (const bad of one.bad ?? []) {
      const { method, path: template } = endpointOf(one.endpoint)
      // What is wrong with the words alone is wrong for everybody; the rest is about what admins see.
      const all = bad.status === 422
      const tried = ['admin', 'nobody', 'expired session']
      for (const caller of world.callers.filter(({ title }) => all || tried.includes(title))) {
        const path = bad.path ?? (await one.path(caller, world))
        const body = bad.body ?? (method === 'GET' ? undefined : {})
        const headers = { ...bad.headers, 'x-forwarded-for': '10.1.0.1' }
        const answer = await world.ask(caller, path, { method, body, headers })
        const line = `${method} ${path.slice(0, 90)} ${JSON.stringify(body)?.slice(0, 60)}, ${caller.title}:`
        expected.push(`${line} ${expectedOfBad(one, caller, bad.status)}`)
        found.push(
          `${line} ${answer.status}${told(contract.problemOf(`${method} ${template}`, answer))}${told(sentenceProblem(answer))}`,
        )
      }
    }
  expect(found).toEqual(expected)
})

test('what one may not see is answered exactly like what does not exist', async () => {
  const other = world.callers.find(({ title }) => title === 'other user') ?? null
  const absent = '00000000-0000-4000-8000-000000000000'
  const compared = CASES.filter(({ endpoint }) => endpointOf(endpoint).access.startsWith('project.'))
  expect(compared.length).toBeGreaterThan(9)
  for (const one of compared) {
    const { method } = endpointOf(one.endpoint)
    const hiddenPath = await one.path(other ?? world.owner, world)
    const absentPath = hiddenPath.replace('sample', 'absent').replace(world.ready.generation_id, absent)
    const body = method === 'GET' ? undefined : (one.body?.(other ?? world.owner, world) ?? {})
    const [hidden, gone] = [
      await world.ask(other, hiddenPath, { method, body }),
      await world.ask(other, absentPath, { method, body }),
    ]
    expect(hidden.status).toBe(404)
    const text = hidden.text.replace('sample', 'absent').replace(world.ready.generation_id, absent)
    expect({ ...hidden, bytes: null, json: null, text, headers: comparable(hidden) }).toEqual({
      ...gone,
      bytes: null,
      json: null,
      headers: comparable(gone),
    })
  }
})

function comparable({ headers }: Answer) {
  const { date, ...rest } = headers
  return rest
}

function told(problem: string | null): string {
  return problem ? ` — ${problem}` : ''
}

/** Errors are sentences: they begin with a capital or the name of a field, and say more than one word. */
function sentenceProblem({ json, status }: Answer): string | null {
  const { detail, issues } = json as { detail: string; issues?: unknown[] }
  if (typeof detail !== 'string' || detail.split(' ').length < 3) return `"${detail}" is no sentence`
  if (/undefined|\[object|Invalid input|expected string/.test(detail)) return `"${detail}" is not for people`
  return (status === 422) === Array.isArray(issues) ? null : 'issues belong to 422'
}
