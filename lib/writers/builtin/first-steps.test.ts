import { expect, it } from 'vitest'
import type { DocumentFact, ManifestFact } from '#lib/domain/facts.ts'
import { makeFacts, makeFile, range } from '#lib/testing/make-facts.ts'
import { firstSteps, firstStepsText } from '#lib/writers/builtin/first-steps.ts'

const MANIFEST: ManifestFact = {
  path: 'package.json',
  kind: 'npm',
  name: 'walk',
  version: '1.0.0',
  description: null,
  license: null,
}

function readme(...sections: [heading: string, text: string][]): DocumentFact[] {
  return [
    {
      path: 'README.md',
      title: 'Walk',
      sections: sections.map(([heading, text], at) => ({
        heading,
        level: 2,
        text,
        range: range('README.md', at * 20 + 1, at * 20 + 19),
        textStart: at * 20 + 2,
      })),
    },
  ]
}

it('installs no npm package of a project that only keeps its tools there', () => {
  const files = [makeFile('package.json', { role: 'config' }), makeFile('bin/walk', { language: 'Shell' })]
  const shell = makeFacts({ manifests: [MANIFEST], files })
  expect(firstStepsText(firstSteps(shell, 'library'))).not.toContain('npm')
  const script = makeFacts({ manifests: [MANIFEST], files: [...files, makeFile('src/a.ts')] })
  expect(firstStepsText(firstSteps(script, 'library'))).toContain('npm install walk')
})

it('takes a section on downloads for the installation, and calls a build what it is', () => {
  const manifest: ManifestFact = { ...MANIFEST, path: 'pom.xml', kind: 'maven' }
  const files = [makeFile('pom.xml', { role: 'config' }), makeFile('src/A.java', { language: 'Java' })]
  const told = readme(['Download', '```xml\n<dependency/>\n```'])
  const withReadme = firstStepsText(firstSteps(makeFacts({ manifests: [manifest], files, documents: told }), 'library'))
  expect(withReadme).toContain('## Installation\n\n```xml')
  expect(withReadme).not.toContain('mvn install')
  const without = firstStepsText(firstSteps(makeFacts({ manifests: [manifest], files }), 'library'))
  expect(without).toContain('## Build from source\n\n```sh\nmvn install\n```')
  const swift = makeFacts({
    manifests: [{ ...MANIFEST, path: 'Package.swift', kind: 'swift' }],
    files: [makeFile('Package.swift', { role: 'config' }), makeFile('Sources/Walk.swift', { language: 'Swift' })],
  })
  expect(firstStepsText(firstSteps(swift, 'library'))).toContain('## Build from source\n\n```sh\nswift build\n```')
})

it('names the main package where the root of several is private', () => {
  const root: ManifestFact = { ...MANIFEST, name: '@walk/monorepo', version: null }
  const packages = ['walk', 'walk-extra'].map((name) => ({ ...MANIFEST, name, path: `packages/${name}/package.json` }))
  const files = [
    ...[root, ...packages].map(({ path }) => makeFile(path, { role: 'config' })),
    ...packages.map(({ path }) => makeFile(path.replace('package.json', 'a.ts'))),
  ]
  const fileRank = { 'packages/walk/a.ts': 0.9 }
  const text = firstStepsText(firstSteps(makeFacts({ manifests: [root, ...packages], files, fileRank }), 'library'))
  expect(text).toContain('npm install walk\n')
  expect(text).not.toContain('monorepo')
})

it('adds the crate that bears the name of the project where the root only holds several together', () => {
  const crate = (name: string): ManifestFact => ({ ...MANIFEST, kind: 'cargo', name, path: `${name}/Cargo.toml` })
  const manifests = [
    { ...crate('walk'), path: 'Cargo.toml', name: null, version: null },
    crate('walk_core'),
    crate('walk'),
  ]
  const files = [
    ...manifests.map(({ path }) => makeFile(path, { role: 'config' })),
    ...['walk_core', 'walk'].map((name) => makeFile(`${name}/src/lib.rs`, { language: 'Rust' })),
  ]
  const fileRank = { 'walk_core/src/lib.rs': 0.9 }
  const facts = makeFacts({ name: 'walk', manifests, files, fileRank })
  expect(firstStepsText(firstSteps(facts, 'framework'))).toContain('cargo add walk\n')
})

it('installs the dependencies of an application with the package manager its lock files name', () => {
  const python: ManifestFact = { ...MANIFEST, path: 'pyproject.toml', kind: 'pypi' }
  const files = [
    ...['package.json', 'pyproject.toml', 'bun.lock', 'uv.lock'].map((path) => makeFile(path, { role: 'config' })),
    ...[makeFile('src/a.ts'), makeFile('server/b.py', { language: 'Python' })],
  ]
  const text = firstStepsText(firstSteps(makeFacts({ manifests: [MANIFEST, python], files }), 'app'))
  expect(text).toContain('```sh\nbun install\n```')
  expect(text).toContain('```sh\nuv sync\n```')
})

it('names no package that is not in the main language of a library', () => {
  const elixir = Array.from({ length: 8 }, (_, at) => makeFile(`lib/${at}.ex`, { language: 'Elixir' }))
  const files = [...elixir, makeFile('package.json', { role: 'config' }), makeFile('client.ts')]
  expect(firstStepsText(firstSteps(makeFacts({ manifests: [MANIFEST], files }), 'framework'))).not.toContain('npm')
})

it('keeps the headings of parts, and drops only the one that names the topic again', () => {
  const parts = (text: string) =>
    readme(['Installation', text], ['Docker', 'Pull the image.'], ['Binary', 'Unpack the archive.']).map(
      (document) => ({
        ...document,
        sections: document.sections.map((section, at) => ({ ...section, level: at === 0 ? 2 : 3 })),
      }),
    )
  const headings = (text: string) =>
    [...firstStepsText(firstSteps(makeFacts({ documents: parts(text) }), 'library')).matchAll(/^#+ .*/gm)].map(
      ([one]) => one,
    )
  expect(headings('')).toEqual(['## Installation', '### Docker', '### Binary'])
  expect(headings('There are two ways.')).toEqual(['## Installation', '### Docker', '### Binary'])
})
