import { expect, it } from 'vitest'
import type { Facts } from '#lib/domain/facts.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'
import type { FactLimits } from './discovery.ts'
import { extractFacts } from './extract-facts.ts'

function extract(snapshot: Snapshot, limits: Partial<FactLimits> = {}): Promise<Facts> {
  const { signal } = new AbortController()
  return extractFacts({ snapshot, name: 'odd', signal, progress: () => {}, limits })
}

/** One definition of each language on its second line, below a comment that is begun as the first entry says. */
const DEFINITIONS: Record<string, [comment: string, definition: string]> = {
  ts: ['//', 'export function here() {}'],
  tsx: ['//', 'export function here() {}'],
  js: ['//', 'export function here() {}'],
  jsx: ['//', 'export function here() {}'],
  py: ['#', 'def here(): pass'],
  go: ['package a //', 'func here() {}'],
  rs: ['//', 'pub fn here() {}'],
  java: ['//', 'public class here {}'],
  kt: ['//', 'fun here() = 1'],
  c: ['//', 'int here(void) { return 1; }'],
  cpp: ['//', 'int here() { return 1; }'],
  cs: ['//', 'public class here {}'],
  rb: ['#', 'def here; end'],
  php: ['<?php //', 'function here() {}'],
  swift: ['//', 'public func here() {}'],
  scala: ['//', 'class here {}'],
  sh: ['#', 'here() { :; }'],
  lua: ['--', 'function here() end'],
  ex: ['#', 'defmodule Here do end'],
  vue: ['<script>//', 'export function here() {}\n</script>'],
  svelte: ['<script>//', 'export function here() {}\n</script>'],
}
/** Bytes that are no UTF-8: a lone start, a cut-off sequence, an overlong slash. */
const BROKEN = [0xff, 0xe2, 0x82, 0xc0, 0xaf]

const bytesOf = (text: string) => [...new TextEncoder().encode(text)]

it.each(Object.entries(DEFINITIONS))(
  'reads %s files with bytes that are no text, whatever they are named and however their lines end',
  async (ending, [comment, definition]) => {
    const broken = (lineEnd: string) =>
      new Uint8Array([...bytesOf(`${comment} `), ...BROKEN, ...bytesOf(`${lineEnd}${definition}`)])
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
    const files = Object.fromEntries(names.map((name) => [`src/${name}.${ending}`, broken('\n')]))
    const facts = await extract(
      snapshotOfFiles({ ...files, [`src/crlf.${ending}`]: broken('\r\n'), [`src/none.${ending}`]: '' }),
    )
    const found = facts.symbols.filter(({ name }) => /^here$/i.test(name))
    expect(found.map(({ range }) => `${range.path}:${range.start}`).sort()).toEqual(
      [...names, 'crlf'].map((name) => `src/${name}.${ending}:2`).sort(),
    )
    expect(facts.files.every(({ skipped }) => skipped === null)).toBe(true)
  },
)

it('finds imports of files that have the names of what every object has', async () => {
  const facts = await extract(
    snapshotOfFiles({
      'src/a.ts': "import { x } from './__proto__'\nimport { y } from './constructor.ts'\nx(y)",
      'src/__proto__.ts': 'export function x() {}',
      'src/constructor.ts': 'export const y = 1',
      'src/b.py': 'from .toString import z\nimport valueOf\n',
      'src/toString.py': 'z = 1\n',
    }),
  )
  expect(facts.imports.map(({ specifier, to }) => `${specifier} ${to}`)).toEqual([
    './__proto__ src/__proto__.ts',
    './constructor.ts src/constructor.ts',
    '.toString src/toString.py',
    'valueOf null',
  ])
  expect(Object.keys(facts.fileRank)).toContain('src/__proto__.ts')
})

it('names symbolic links and submodules as not read', async () => {
  const skippedEntries: Snapshot['skippedEntries'] = [
    { path: 'CLAUDE.md', kind: 'symlink' },
    { path: 'lib/link', kind: 'symlink' },
    { path: 'vendor/lib', kind: 'submodule' },
  ]
  const facts = await extract({ ...snapshotOfFiles({ 'a.ts': 'export const a = 1' }), skippedEntries })
  expect(facts.limits).toEqual([
    '2 symbolic links were not followed (CLAUDE.md).',
    '1 submodule was not read (vendor/lib).',
  ])
})

it('spends the code it may parse on what .gitattributes call code, not on what they call generated', async () => {
  const files = {
    '.gitattributes': 'api/** linguist-generated\nvendor/own/** -linguist-vendored\n',
    'api/big.ts': `export const big = [${'1, '.repeat(500)}]`,
    'src/small.ts': 'export const small = 1',
    'vendor/own/a.ts': `export const own = [${'1, '.repeat(500)}]`,
  }
  const facts = await extract(snapshotOfFiles(files), { maxParsedBytes: 500 })
  expect(facts.files.map(({ path, skipped }) => [path, skipped])).toEqual([
    ['.gitattributes', null],
    ['api/big.ts', 'generated'],
    ['src/small.ts', null],
    ['vendor/own/a.ts', 'over 500 bytes of code in all'],
  ])
})

it('reads hostile build files and manifests in linear time', async () => {
  const many = (text: string) => text.repeat(Math.floor(300_000 / text.length))
  // By the square of their length these take minutes.
  const facts = await extract(
    snapshotOfFiles({
      'build.gradle': many('/*'),
      'way.csproj': `<Project>${many('<!--')}`,
      'db/schema.sql': `create table doors (\n${many('/*')}`,
      'Way.java': many('/*'),
      'k8s/blank.yaml': `${many('\n')}kind: Pod`,
      'k8s/env.yaml': `kind: Pod\n${many('env:\n')}`,
      'CMakeLists.txt': many('include_directories ( '),
      Makefile: many(' -I'),
      'meson.build': many("include_directories('"),
      'go.work': many('use (\n'),
      'settings.gradle': many('include "'),
      'pom.xml': `<project><artifactId>x</artifactId>${many('<modules>')}`,
      'a.ts': 'export const here = 1',
    }),
  )
  expect(facts.symbols.map(({ name }) => name)).toEqual(['here'])
}, 60_000)
