import { expect, it } from 'vitest'
import { type Facts, REFERENCE_KINDS } from '#lib/domain/facts.ts'
import { planPages } from '#lib/domain/plan.ts'
import { makeDoc, makeFacts, makeFile, makeSymbol, range } from '#lib/testing/make-facts.ts'
import { builtinWriter } from '#lib/writers/builtin/builtin-writer.ts'

async function pageOf(facts: Facts, kind: string): Promise<string> {
  const plan = await builtinWriter.plan({ facts, projectName: facts.name })
  const page = planPages(plan).find((one) => one.kind === kind)
  if (!page) throw new Error(`The plan has no page of kind ${kind}`)
  return (await builtinWriter.write({ facts, plan, page, signal: new AbortController().signal })).markdown
}

it('keeps the flags of different commands apart when there are many', async () => {
  const flags = ['cli/abort.ts', 'cli/list.ts'].flatMap((path) =>
    Array.from({ length: 9 }, (_, at) => ({
      ...{ name: `--flag${at}`, aliases: [], command: null, type: null, default: null, help: `does ${at}`, usedIn: [] },
      range: range(path, at + 1),
    })),
  )
  const text = await pageOf(makeFacts({ files: flags.map(({ range: { path } }) => makeFile(path)), flags }), 'commands')
  expect(text.indexOf('### `cli/abort.ts`')).toBeLessThan(text.indexOf('### `cli/list.ts`'))
})

it('groups routes by path when every route has a file of its own', async () => {
  const routes = Array.from({ length: 24 }, (_, at) => ({
    ...{ method: 'get', path: `/api/${at % 2 ? 'users' : 'projects'}/${at}`, handler: null, usedIn: [] },
    range: range(`app/api/${at}/route.ts`, 1),
  }))
  const text = await pageOf(makeFacts({ files: routes.map(({ range: { path } }) => makeFile(path)), routes }), 'routes')
  expect(text.match(/^## .*$/gm)).toEqual(['## `/api/projects`', '## `/api/users`'])
})

it('tells of a route what its handler says and calls, the most special first', async () => {
  const route = (path: string, handler: string, line: number) => ({
    ...{ method: 'get', path, handler, usedIn: [] },
    range: range('api.ts', line),
  })
  const routes = [route('/a', 'a', 1), route('/b', 'b', 2), route('/c', 'c', 3)]
  const symbols = [
    makeSymbol('api.ts', 'a', { doc: makeDoc('api.ts', 'Lists all walks. And more.') }),
    makeSymbol('api.ts', 'b'),
    makeSymbol('store.ts', 'answer'),
    makeSymbol('store.ts', 'findWalks'),
  ]
  const call = REFERENCE_KINDS.indexOf('call')
  const references = {
    ...{ file: [0, 0, 0], symbol: [0, 0, 1], line: [2, 3, 5], target: [2, 3, 2] },
    ...{ kind: [call, call, call], exact: [1, 1, 1] },
  }
  const files = [makeFile('api.ts'), makeFile('store.ts')]
  const text = await pageOf(makeFacts({ files, routes, symbols, references }), 'routes')
  expect(text).toContain('| GET | `/a` | Lists all walks. | `a` | `findWalks` and `answer` |')
  expect(text).toContain('| GET | `/b` |  | `b` | `answer` |')
})
