import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FactsCache } from '#lib/facts/cache/facts-cache.ts'
import { DEFAULT_LIMITS } from '#lib/facts/discovery.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { openLocalRepository } from '#lib/git/open-local.ts'
import { openSnapshot } from '#lib/git/snapshot.ts'
import { createTempRepository, type RepositoryFiles, type TempRepository } from '#lib/testing/temp-repository.ts'
import { isSmallChange } from './reach.ts'
import { updatedFacts } from './update-facts.ts'

const { signal } = new AbortController()
const progress = () => {}
const NAMES = ['walk', 'find', 'Way', 'Map', 'pace', 'turn', 'Step', 'goal', 'open', 'rest']

/** Always the same numbers for a seed. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

type Random = ReturnType<typeof randomNumbers>

/** A TypeScript file that declares, builds on, passes on and uses names of others; many of them the same ones. */
function typescriptFile(random: Random, others: string[]): string {
  const name = () => NAMES[random(NAMES.length)] ?? 'walk'
  const other = () => `./${others[random(others.length)]?.replace(/^src\//, '').replace(/\.ts$/, '')}.ts`
  const lines: string[] = []
  for (let count = random(3); count > 0; count -= 1)
    lines.push(
      [
        `import { ${name()} } from '${other()}'`,
        `import { ${name()} as ${name()} } from '${other()}'`,
        `import ${name()} from '${other()}'`,
        `import * as ${name().toLowerCase()}s from '${other()}'`,
      ][random(4)] ?? '',
    )
  for (let count = random(3); count > 0; count -= 1)
    lines.push(
      [
        `export * from '${other()}'`,
        `export { ${name()} } from '${other()}'`,
        `export { ${name()} as ${name()} } from '${other()}'`,
        `export { ${name()} as default } from '${other()}'`,
      ][random(4)] ?? '',
    )
  for (let count = 1 + random(3); count > 0; count -= 1) lines.push(...declaration(random, name))
  if (random(4) === 0) lines.push(`export default ${name()}`)
  return `${lines.join('\n')}\n`
}

function declaration(random: Random, name: () => string): string[] {
  const exported = random(3) > 0 ? 'export ' : ''
  const [own, used, type] = [name(), name(), name()]
  const body = `${used}(); const held = new ${type}(); held.${name()}(); ${name()}s.${name()}()`
  const kinds = [
    [`${exported}function ${own}(a: ${type}): ${used} {`, `  ${body}`, '  return a.long()', '}'],
    [
      `/** ${own} → ${used}. */`,
      `${exported}class ${own} extends ${used} {`,
      `  long(): ${type} {`,
      `    ${body}`,
      '  }',
      '}',
    ],
    [`${exported}interface ${own} extends ${used} {`, `  ${name()}: ${type}`, '}'],
    [`${exported}const ${own} = (b: ${type}) => b.${name()}`],
  ]
  return kinds[random(kinds.length)] ?? []
}

function pythonFile(random: Random, others: string[]): string {
  const name = () => NAMES[random(NAMES.length)] ?? 'walk'
  const other = () => others[random(others.length)]?.replace(/^py\//, '').replace(/\.py$/, '')
  return [
    `from .${other()} import ${name()}`,
    `from . import ${other()}`,
    `class ${name()}(${name()}):`,
    `    def ${name()}(self, a: ${name()}) -> ${name()}:`,
    `        return ${name()}(a).${name()}()`,
    `def ${name()}():`,
    `    return ${other()}.${name()}()`,
    '',
  ].join('\n')
}

function testFile(random: Random, others: string[]): string {
  const [first = 'walk', second = 'find'] = [NAMES[random(NAMES.length)], NAMES[random(NAMES.length)]]
  const other = others[random(others.length)]?.replace(/^src\//, '')
  return `import { ${first}, ${second} as it_${second} } from '../src/${other}'\nit('${first}s', () => it_${second}(${first}()))\n`
}

/** A program with flags, a variable and routes, which other files read and hang below others. */
function programFile(random: Random): string {
  const name = () => NAMES[random(NAMES.length)] ?? 'walk'
  return [
    "import { Command } from 'commander'",
    "import express from 'express'",
    `import { ${name()} } from './f${random(3)}.ts'`,
    `const program = new Command().option('--${name()} <n>', 'how far')`,
    `const goal = process.env.${name().toUpperCase()} ?? '1'`,
    'const app = express()',
    ...Array.from({ length: random(3) }, () => `app.get('/${name()}', (_, answer) => answer.send(options.${name()}))`),
    '',
  ].join('\n')
}

const CODE = Array.from({ length: 14 }, (_, n) => `src/f${n}.ts`)
const PYTHON = Array.from({ length: 6 }, (_, n) => `py/m${n}.py`)
const TESTS = Array.from({ length: 3 }, (_, n) => `test/t${n}.test.ts`)

/** A file of any kind, new or written anew. */
function edit(random: Random): RepositoryFiles {
  const pick = (paths: string[]) => paths[random(paths.length)] ?? ''
  switch (random(15)) {
    case 0:
      return { [pick(TESTS)]: testFile(random, CODE) }
    case 1:
    case 2:
      return { [pick(PYTHON)]: pythonFile(random, PYTHON) }
    case 3:
      return { 'README.md': `# Sample\n\nUse \`${pick(NAMES)}\`.\n\n\`\`\`ts\n${pick(NAMES)}()\n\`\`\`\n` }
    case 4:
      return { 'go/a.go': `package a\n\nfunc ${pick(['Walk', 'Find'])}() {}\n` }
    case 5:
      return { [`src/new${random(4)}.ts`]: typescriptFile(random, CODE) }
    case 6:
      return { [`data/d${random(3)}.json`]: `{"a": ${random(9)}}\n` }
    case 7:
      return { 'src/program.ts': programFile(random) }
    case 8:
      return { [`app/${pick(NAMES)}/route.ts`]: `export function ${pick(['GET', 'POST'])}() {}\n` }
    case 9:
      return { [pick(CODE)]: `export const ${pick(NAMES)} = (options) => options.${pick(NAMES)}\n` }
    default:
      return { [pick(CODE)]: typescriptFile(random, CODE) }
  }
}

function firstFiles(random: Random): RepositoryFiles {
  const files: RepositoryFiles = {
    'package.json': '{ "name": "sample", "exports": { ".": "./src/f0.ts", "./more": "./src/f1.ts" } }\n',
    'README.md': '# Sample\n',
    'src/program.ts': programFile(random),
    'py/__init__.py': 'from .m0 import walk\n',
    // What stands around a method in Go may stand in another file.
    'way/walk.go': 'package way\n\nfunc (w *Way) Walk() {}\n',
    'way/way.go': 'package way\n\ntype Way struct{}\n',
  }
  for (const path of CODE) files[path] = typescriptFile(random, CODE)
  for (const path of PYTHON) files[path] = pythonFile(random, PYTHON)
  for (const path of TESTS) files[path] = testFile(random, CODE)
  return files
}

/** One edit or two, and sometimes a file that goes; `there` follows. */
function editsOf(random: Random, there: Set<string>): RepositoryFiles {
  const changes = { ...edit(random), ...(random(3) === 0 ? edit(random) : {}) }
  const gone = [...there].filter((path) => /f\d+\.ts|m\d\.py|t\d/.test(path))[random(there.size * 4)]
  if (gone && !(gone in changes)) changes[gone] = null
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) there.delete(path)
    else there.add(path)
  }
  return changes
}

const PLUGIN = `import type { FastifyInstance } from 'fastify'

export default async function (app: FastifyInstance) {
  app.get('/near', async () => [])
}
`
const LARGER = '# Much of it\n'.repeat(50)

/** Small changes that speak for files that are as they were. */
const FAR_REACHING: [what: string, files: RepositoryFiles, change: RepositoryFiles][] = [
  [
    'another language becomes the main one, whose manifest describes the project',
    {
      'package.json': '{ "name": "walks", "description": "Walks in the browser" }\n',
      'pyproject.toml': '[project]\nname = "walks"\ndescription = "Walks in the terminal"\n',
      'src/walk.ts': 'export const walk = 1\n'.repeat(20),
      'py/walk.py': 'walk = 1\n',
    },
    { 'py/walk.py': `walk = 1\n${LARGER}` },
  ],
  [
    'another lock file says by what program scripts are run',
    {
      'package.json': '{ "name": "walks", "scripts": { "test": "vitest" } }\n',
      'yarn.lock': '',
      'a.ts': 'let a = 1\n',
    },
    { 'yarn.lock': null, 'package-lock.json': '{}\n' },
  ],
  [
    'a wrapper of the build is gone',
    { 'build.gradle': "task hello { doLast { println 'hi' } }\n", gradlew: '', 'A.java': 'class A {}\n' },
    { gradlew: null },
  ],
  [
    'a folder becomes one of Python modules',
    { 'app.py': 'from maps import near\n\nnear.find()\n' },
    { 'maps/near.py': 'def find():\n    pass\n', 'maps/far.py': 'def find():\n    pass\n' },
  ],
  [
    'plugins are loaded by their folders',
    { 'package.json': '{ "name": "walks" }\n', 'app.js': 'module.exports = 1\n', 'routes/maps/index.ts': PLUGIN },
    { 'app.js': "const AutoLoad = require('@fastify/autoload')\nmodule.exports = AutoLoad\n" },
  ],
]

describe('facts made from those of another commit', () => {
  let repository: TempRepository
  let folder = ''
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'docsfy-update-')), 'sample')
  })
  afterEach(async () => {
    await repository.remove()
    await rm(join(folder, '..'), { recursive: true, force: true })
  })

  const snapshotNow = async () => {
    const source = await openLocalRepository({ path: repository.path, branch: null })
    return openSnapshot({ ...source, limits: { maxRepoFiles: 1_000 }, signal })
  }

  /** Facts from the cache, whether they came from those of the commit before, and those of reading everything. */
  async function extractBoth() {
    const snapshot = await snapshotNow()
    const request = { snapshot, name: 'sample', signal, progress }
    const cache = new FactsCache({ folder, snapshot, name: 'sample', limits: DEFAULT_LIMITS })
    const before = await cache.factsBefore((files) => isSmallChange(files, snapshot))
    const records = cache.records()
    const threads = { most: 0, fromBytes: 0 }
    const updated =
      before && (await updatedFacts({ ...request, limits: DEFAULT_LIMITS, threads, cache: records, before }))
    records.close()
    before?.close()
    const kept = await extractFacts({ ...request, cacheDir: folder, threads })
    return { isUpdate: updated !== null, kept, cold: await extractFacts({ ...request, threads }) }
  }

  it.each([1, 2, 3])(
    'are those of reading everything, over random edits (seed %i)',
    async (seed) => {
      const random = randomNumbers(seed)
      const files = firstFiles(random)
      repository = await createTempRepository({ files })
      const there = new Set(Object.keys(files))
      await extractBoth()
      let updates = 0
      for (let step = 0; step < 20; step += 1) {
        const changes = editsOf(random, there)
        await repository.write(changes, `Step ${step}`)
        const { isUpdate, kept, cold } = await extractBoth()
        if (isUpdate) updates += 1
        for (const field of Object.keys(cold) as (keyof typeof cold)[])
          expect(JSON.stringify(kept[field]), `${step}: ${Object.keys(changes)}: ${field}`).toBe(
            JSON.stringify(cold[field]),
          )
      }
      expect(updates).toBeGreaterThan(8)
    },
    300_000,
  )

  it.each(FAR_REACHING)('are those of reading everything where %s', { timeout: 300_000 }, async (_, files, change) => {
    repository = await createTempRepository({ files })
    await extractBoth()
    await repository.write(change, 'Change')
    const { kept, cold } = await extractBoth()
    expect(kept).toEqual(cold)
  })
})
