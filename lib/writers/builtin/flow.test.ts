import { expect, it } from 'vitest'
import { makeFacts, makeFile, makeModule, range } from '#lib/testing/make-facts.ts'
import { flowFrom, flowText, neighbourhoodOf } from './flow.ts'

const NAMES = ['cli', 'lib', 'db', 'net', 'log', 'far']

/** cli → lib → db, net, log, far; lib → cli is the weaker way back. */
function facts() {
  const files = NAMES.map((name) => makeFile(`${name}/index.ts`))
  const to = (module: string, count: number) => ({ module, count, example: range('lib/index.ts', count) })
  const imports: Record<string, ReturnType<typeof to>[]> = {
    cli: [to('lib', 9)],
    lib: [to('db', 5), to('net', 4), to('log', 3), to('far', 1), to('cli', 2)],
  }
  return makeFacts({ files, modules: NAMES.map((name) => makeModule(name, files, { imports: imports[name] ?? [] })) })
}

it('follows the strongest imports from where something starts, and never back', () => {
  const flow = flowFrom(facts(), ['cli/index.ts'])
  expect(flow.nodes).toEqual(['cli', 'lib', 'db', 'net', 'log'])
  expect(flow.edges.map(({ from, to }) => `${from} > ${to}`)).toEqual([
    'cli > lib',
    'lib > db',
    'lib > net',
    'lib > log',
  ])
  expect(flowText(flow, 'a request')).toMatch(/^From there a request reaches .*\n\n```mermaid\nflowchart TD\n/)
  expect(flowText(flowFrom(facts(), ['far/index.ts']), 'a request')).toBe('')
})

it('puts a part between those that import it and those it imports, each once', () => {
  const [lib] = facts().modules.filter(({ path }) => path === 'lib')
  const around = neighbourhoodOf('lib', { imports: lib?.imports ?? [], importedBy: ['cli', 'app'] }, 2)
  expect(around.nodes).toEqual(['cli', 'app', 'lib', 'db', 'net'])
  expect(around.edges.map(({ from, to }) => `${from} > ${to}`)).toEqual([
    'cli > lib',
    'app > lib',
    'lib > db',
    'lib > net',
  ])
})
