import { expect, it } from 'vitest'
import type { ScriptFact, TestFact } from '#lib/domain/facts.ts'
import { makeFacts, makeFile, range } from '#lib/testing/make-facts.ts'
import { jobTable, taskSections } from '#lib/writers/builtin/task-tables.ts'
import { testSection, testsOf, usualStarts } from '#lib/writers/builtin/test-section.ts'

function script(path: string, invocation: string, rest: Partial<ScriptFact> = {}): ScriptFact {
  const name = invocation.split(' ').at(-1) ?? ''
  return { name, command: 'x', runner: 'npm', invocation, help: null, range: range(path, 3), usedIn: [], ...rest }
}

it('tells the tasks of the root first, those of a folder below its name, and the services of a file in one row', () => {
  const service = (name: string, command: string) =>
    script('compose.yml', `docker compose up ${name}`, { name, command, runner: 'docker-compose' })
  const text = taskSections([
    script('web/package.json', 'pnpm --dir web run dev'),
    script('package.json', 'pnpm run dev'),
    service('db', 'postgres:18'),
    service('server', ''),
  ])
  expect(text.indexOf('`pnpm run dev`')).toBeLessThan(text.indexOf('### `web/`'))
  expect(text).toContain('| `docker compose up` | starts `db` (`postgres:18`) and `server` |')
})

it('shows of a job the commands that do something', () => {
  const command = '# first\nset -euo pipefail\necho hi\nif [ "$A" ]; then\nnpm ci\nfi\nV=$(date)\nnpm test'
  expect(jobTable([script('.github/workflows/a.yml', '', { name: 'ci', command })])).toContain(
    '| `npm ci` and `npm test` |',
  )
})

it('says of a task of several commands which they are', () => {
  const command = 'cd web\nnpm ci\nnpm run build'
  expect(taskSections([script('Makefile', 'make web', { command })])).toContain('| `npm ci` and `npm run build` |')
  const docs = 'cd docs && make html\necho "View docs/index.html"'
  expect(taskSections([script('Makefile', 'make docs', { command: docs })])).toContain('| `cd docs && make html` |')
  expect(taskSections([script('Makefile', 'make say', { command: 'echo hi' })])).toContain('| `echo hi` |')
})

it('counts no fixtures as tests, folds deep folders, and names the usual start where no script has it', () => {
  const paths = ['tests/a/b/one_test.exs', 'tests/a/fixtures/two_test.exs', 'tests/support/help.ex']
  const files = [...paths.map((path) => makeFile(path, { role: 'test', language: 'Elixir' })), makeFile('mix.exs')]
  const tests: TestFact[] = [{ path: 'tests/a/b/one_test.exs', framework: 'exunit', cases: ['walks'], touches: [] }]
  const facts = makeFacts({ files, tests })
  const found = testsOf(facts)
  expect(found).toMatchObject([{ folder: 'tests/a/b', files: 1, cases: 1 }])
  const text = testSection({ tests: found, testScripts: [], testStarts: usualStarts(facts, found) })
  expect(text).toContain('There is 1 test file with 1 named case.')
  expect(text).toContain('- `mix test` runs the tests of ExUnit')
  expect(usualStarts({ ...facts, scripts: [script('Makefile', 'make test', { command: 'mix test' })] }, found)).toEqual(
    [],
  )
})
