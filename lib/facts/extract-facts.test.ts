import { expect, it } from 'vitest'
import type { Facts } from '#lib/domain/facts.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'
import { type ExtractRequest, extractFacts } from './extract-facts.ts'

function extract(files: Record<string, string | Uint8Array>, more: Partial<ExtractRequest> = {}): Promise<Facts> {
  return extractFacts({
    snapshot: snapshotOfFiles(files),
    name: 'example',
    signal: new AbortController().signal,
    progress: () => {},
    ...more,
  })
}

const importsIn = (facts: Facts) => facts.imports.map(({ from, specifier, to }) => `${from} ${specifier} ${to}`)

it('gives equal facts for the same files and ranks the file everybody imports highest', async () => {
  const files = {
    'package.json':
      '{\n  "name": "walk",\n  "description": "Finds the way.",\n  "license": "MIT",\n  "main": "dist/index.js"\n}\n',
    'src/index.ts': "/** Everything about ways. */\n\nexport * from './a.js'\nimport './b/b'\n",
    'src/a.ts': "import { c } from '#src/b/c.ts'\nexport function a() { return c }\n",
    'src/b/b.ts': "import { c } from './c'\nexport const b = c\n",
    'src/b/c.ts': 'export const c = 1\n',
    'src/a.test.ts': "import { a } from './index'\nit('walks', () => a())\n",
    'tsconfig.json': '{ "compilerOptions": { "paths": { "#src/*": ["./src/*"] } } } // a comment',
    'README.md': '# Walk\n\n[![badge](x)](y)\n\nWalk is a thing.\n\n## Use\n\n```sh\n# not a heading\n```\n',
  }
  const facts = await extract(files)
  expect(facts).toEqual(await extract(files))
  expect(importsIn(facts)).toEqual([
    'src/a.test.ts ./index src/index.ts',
    'src/a.ts #src/b/c.ts src/b/c.ts',
    'src/b/b.ts ./c src/b/c.ts',
    'src/index.ts ./a.js src/a.ts',
    'src/index.ts ./b/b src/b/b.ts',
  ])
  const ranked = Object.entries(facts.fileRank).sort((a, b) => b[1] - a[1])
  expect(ranked[0]?.[0]).toBe('src/b/c.ts')
  expect(ranked.reduce((sum, [, rank]) => sum + rank, 0)).toBeCloseTo(1)
  expect(facts.modules.map(({ path, summary, imports }) => [path, summary?.text ?? null, imports.length])).toEqual([
    ['src', 'Everything about ways.', 1],
    ['src/b', null, 0],
  ])
  expect(facts.tests).toEqual([{ path: 'src/a.test.ts', framework: null, cases: ['walks'], touches: ['src/a.ts#a'] }])
  expect(facts).toMatchObject({
    description: { text: 'Finds the way.', range: { path: 'package.json', start: 3, end: 3 } },
    license: { name: 'MIT', range: { path: 'package.json', start: 4, end: 4 } },
    repoType: 'library',
    entryPoints: [{ kind: 'main', name: 'walk', path: 'src/index.ts', range: { start: 5, end: 5 } }],
    documents: [
      { title: 'Walk', sections: [{ level: 1 }, { heading: 'Use', level: 2, range: { start: 7, end: 11 } }] },
    ],
  })
})

it('resolves Python imports relative, absolute and into submodules, in a src layout', async () => {
  const facts = await extract({
    'pyproject.toml':
      '[project]\nname = "walk"\ndependencies = [\n  "click>=8",\n]\n[project.scripts]\nwalk = "walk.cli:main"\n',
    'src/walk/__init__.py': 'from ._way import Way as Way\n',
    'src/walk/_way.py': 'class Way:\n    def go(self): pass\nclass Hidden: pass\n',
    'src/walk/cli.py': 'import os\nfrom . import _way, Way\nfrom walk._way import Hidden\n',
    'tests/test_walk.py': 'import walk\n\ndef test_go():\n    walk.Way()\n',
  })
  expect(importsIn(facts)).toEqual([
    'src/walk/__init__.py ._way src/walk/_way.py',
    'src/walk/cli.py os null',
    'src/walk/cli.py . src/walk/__init__.py',
    'src/walk/cli.py . src/walk/_way.py',
    'src/walk/cli.py walk._way src/walk/_way.py',
    'tests/test_walk.py walk src/walk/__init__.py',
  ])
  expect(facts.symbols.filter((one) => one.public).map((one) => one.qualified)).toEqual(['Way', 'Way.go'])
  expect(facts.tests[0]?.touches).toEqual(['src/walk/_way.py#Way'])
  expect(facts.dependencies).toMatchObject([{ name: 'click', range: '>=8', kind: 'runtime', source: { start: 4 } }])
  expect(facts.entryPoints).toMatchObject([
    { kind: 'binary', name: 'walk', path: 'src/walk/cli.py', range: { start: 7 } },
  ])
})

it('resolves Go imports to the files that declare what is used, and finds methods in other files', async () => {
  const facts = await extract({
    'go.mod':
      'module example.org/walk/v2\n\ngo 1.24\n\nrequire (\n\tgithub.com/spf13/cobra v1.8.0\n\tgolang.org/x/sys v0.1.0 // indirect\n)\n',
    'way/doc.go': '// Package way knows ways.\npackage way\n',
    'way/type.go': 'package way\n\ntype Way struct{}\n',
    'way/walk.go': 'package way\n\nfunc (w Way) Walk() {}\n',
    'cmd/walk/main.go': 'package main\n\nimport "example.org/walk/v2/way"\n\nfunc main() { way.Way{}.Walk() }\n',
  })
  expect(importsIn(facts)).toEqual(['cmd/walk/main.go example.org/walk/v2/way way/type.go'])
  expect(facts.symbols.find((one) => one.qualified === 'Way.Walk')?.parent).toBe('way/type.go#Way')
  expect(facts.modules.find(({ path }) => path === 'way')?.summary?.text).toBe('Package way knows ways.')
  expect(facts.dependencies.map(({ name }) => name)).toEqual(['github.com/spf13/cobra'])
  expect(facts.entryPoints).toMatchObject([{ kind: 'main', name: 'walk', range: { start: 5 } }])
})

it('says why a file was not read, and never stumbles over odd names or bytes', async () => {
  const facts = await extract({
    __proto__x: 'x',
    ['__proto__']: 'x',
    'src/constructor': 'x',
    'src/__proto__.ts': '\uFEFFexport const here = 1\n',
    'src/empty.py': '',
    'src/long.js': `var a = "${'x'.repeat(5_000_000)}"`,
    'src/line.js': `var a = "${'x'.repeat(4_000)} ${'y'.repeat(30_000)}"`,
    'src/made.go': '// Code generated by hand. DO NOT EDIT.\npackage a\n',
    'logo.png': new Uint8Array([137, 80, 78, 71, 0]),
    'vendor/x.go': 'package x\n',
    'package-lock.json': '{}',
  })
  expect(facts.files.map(({ path, role, skipped }) => [path, role, skipped])).toEqual([
    ['__proto__', 'other', null],
    ['__proto__x', 'other', null],
    ['logo.png', 'binary', 'binary'],
    ['package-lock.json', 'generated', 'generated'],
    ['src/__proto__.ts', 'source', null],
    ['src/constructor', 'other', null],
    ['src/empty.py', 'source', null],
    ['src/line.js', 'generated', 'minified: more than 400 characters a line'],
    ['src/long.js', 'source', 'larger than 1000000 bytes'],
    ['src/made.go', 'generated', 'generated: its first lines say so'],
    ['vendor/x.go', 'vendored', 'vendored'],
  ])
  expect(facts.symbols).toMatchObject([{ name: 'here', range: { start: 1, end: 1 } }])
  expect(facts.limits).toEqual(['1 file was not read: larger than 1000000 bytes (src/long.js).'])
  expect(facts.fileRank.constructor).toBeUndefined()
})

it('stops between files when it is aborted, and keeps to its limits', async () => {
  const controller = new AbortController()
  const files = { 'a.ts': 'export const a = 1', 'b.ts': 'export const b = 1' }
  const aborted = extract(files, { signal: controller.signal, progress: () => controller.abort() })
  await expect(aborted).rejects.toMatchObject({ code: 'aborted' })
  const limited = await extract(files, { limits: { maxFiles: 1 } })
  expect(limited.limits).toEqual(['Only the first 1 of 2 files were read.'])
})
