import { cite } from '#lib/domain/citations.ts'
import type { Facts, ScriptFact } from '#lib/domain/facts.ts'
import { blocks, bullets, code, escapeText, heading, table } from './markdown.ts'
import { byText, count, grouped, listOf } from './wording.ts'

export interface TestStart {
  framework: string
  command: string
}

export interface TestFolder {
  folder: string
  files: number
  cases: number
  frameworks: string[]
  /** The test that touches most. */
  example: string
}

const MOST_FOLDERS = 15
const DEEPEST = 5
/** Fewer files without a case that is known are what tests use. */
const FEWEST_UNKNOWN = 5
/** What tests read or run, and are no tests of this project. */
const FIXTURES = /(?:^|\/)(?:__)?(?:fixtures?|testdata|snapshots|mocks)(?:__)?(?:\/|$)/i
const DATA = /^(?:JSON|YAML|TOML|XML|Markdown|HTML|CSS|CSV|INI|Text|SVG)$/

/** Test files by folder: so deep that the table stays readable. */
export function testsOf(facts: Facts): TestFolder[] {
  const known = new Map(facts.tests.map((test) => [test.path, test]))
  const files = facts.files.filter(
    ({ path, role, language }) =>
      (known.has(path) || role === 'test') && language !== null && !DATA.test(language) && !FIXTURES.test(path),
  )
  for (let depth = DEEPEST; ; depth -= 1) {
    const folders = Map.groupBy(files, ({ path }) => folderOf(path, depth))
    if (folders.size > MOST_FOLDERS && depth > 1) continue
    return [...folders]
      .map(([folder, own]) => {
        const tests = own.flatMap(({ path }) => known.get(path) ?? [])
        const fullest = tests.toSorted((a, b) => b.touches.length - a.touches.length || byText(a.path, b.path))[0]
        return {
          folder,
          files: own.length,
          cases: tests.reduce((sum, test) => sum + test.cases.length, 0),
          frameworks: [...new Set(tests.map((test) => test.framework ?? '').filter((name) => name !== ''))].sort(
            byText,
          ),
          example: fullest?.path ?? '',
        }
      })
      .filter(({ files: own, frameworks }) => frameworks.length > 0 || own >= FEWEST_UNKNOWN)
      .sort((a, b) => byText(a.folder, b.folder))
      .slice(0, MOST_FOLDERS)
  }
}

export function testSection({
  tests,
  testScripts,
  testStarts,
}: {
  tests: TestFolder[]
  testScripts: ScriptFact[]
  testStarts: TestStart[]
}): string {
  if (tests.length === 0) return ''
  const files = tests.reduce((sum, one) => sum + one.files, 0)
  const cases = tests.reduce((sum, one) => sum + one.cases, 0)
  const run = [
    ...testScripts.map((script) => `${code(script.invocation)} runs ${code(script.command)} ${cite(script.range)}`),
    ...testStarts.map(({ framework, command }) => `${code(command)} runs the tests of ${escapeText(framework)}`),
  ]
  const rows = tests.map((one) => [
    one.folder === '.' ? 'top level' : code(`${one.folder}/`),
    grouped(one.files),
    one.cases > 0 ? grouped(one.cases) : '',
    escapeText(listOf(one.frameworks)),
    code(one.example),
  ])
  const counted =
    cases > 0 ? `${count(files, 'test file')} with ${count(cases, 'named case')}` : count(files, 'test file')
  return blocks(
    heading(2, 'Tests'),
    `There ${files === 1 ? 'is' : 'are'} ${counted}.`,
    bullets(run),
    table(['Folder', 'Files', 'Cases', 'Framework', 'Broadest test'], rows),
  )
}

/** How the tests are started where no script of the project does it, by framework and the file at the root that shows it. */
export function usualStarts(facts: Facts, tests: TestFolder[]): TestStart[] {
  const isThere = new Set(facts.files.map(({ path }) => path))
  const frameworks = new Set(tests.flatMap((one) => one.frameworks))
  const isScript = (command: string) =>
    facts.scripts.some((one) => one.invocation !== '' && one.command.includes(command))
  return USUAL.filter(
    ([framework, file, command]) => frameworks.has(framework) && isThere.has(file) && !isScript(command),
  ).map(([framework, , command]) => ({ framework: NAMES[framework] ?? framework, command }))
}

const NAMES: Record<string, string> = {
  testing: 'Go',
  'cargo test': 'Rust',
  exunit: 'ExUnit',
  phpunit: 'PHPUnit',
  rspec: 'RSpec',
}

const USUAL: [framework: string, file: string, command: string][] = [
  ['cargo test', 'Cargo.toml', 'cargo test'],
  ['testing', 'go.mod', 'go test ./...'],
  ['exunit', 'mix.exs', 'mix test'],
  ['pytest', 'pyproject.toml', 'pytest'],
  ['phpunit', 'composer.json', 'vendor/bin/phpunit'],
  ['pest', 'composer.json', 'vendor/bin/pest'],
  ['rspec', 'Gemfile', 'bundle exec rspec'],
]

function folderOf(path: string, depth: number): string {
  const parts = path.split('/').slice(0, -1)
  return parts.slice(0, depth).join('/') || '.'
}
