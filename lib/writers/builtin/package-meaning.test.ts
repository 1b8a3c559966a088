import { expect, it } from 'vitest'
import type { DependencyFact, EntryPointFact, ManifestFact } from '#lib/domain/facts.ts'
import { makeFacts, range } from '#lib/testing/make-facts.ts'
import { packageMeaning, shortName } from '#lib/writers/builtin/package-meaning.ts'

const MANIFEST: ManifestFact = {
  path: 'kit/package.json',
  kind: 'npm',
  name: 'kit',
  version: '1.0.0',
  description: null,
  license: null,
}

function meaning(text: string, description: string | null = null): string {
  const section = { heading: 'Kit', level: 1, text, range: range('kit/README.md', 1, 9), textStart: 2 }
  const facts = makeFacts({ documents: [{ path: 'kit/README.md', title: 'Kit', sections: [section] }] })
  return packageMeaning(facts, { dir: 'kit', manifest: { ...MANIFEST, description } })
}

it('says what a package is as its manifest does, else as its README begins', () => {
  expect(meaning('This package holds [tools](tools.md). And more.', 'Tools for walks.')).toBe('Tools for walks.')
  expect(meaning('This package holds [all the tools](https://a.example). And more.')).toBe(
    'This package holds all the tools.',
  )
})

it('says nothing rather than what is not about the package', () => {
  expect(meaning('Then follow the prompts!')).toBe('')
})

it('shortens names that carry the group of their registry', () => {
  expect(['com.google.code.gson:gson', '@a/b'].map(shortName)).toEqual(['gson', '@a/b'])
})

it('tells the kind of program by what a package is built with, or what it configures', () => {
  const next: DependencyFact = { name: 'next', range: '15', kind: 'runtime', source: range('kit/package.json', 4) }
  const of = (name: string, dependencies: DependencyFact[]) =>
    packageMeaning(makeFacts({ dependencies }), {
      dir: 'kit',
      manifest: { ...MANIFEST, path: 'kit/package.json', name },
    })
  expect(of('web', [next])).toBe('A Next.js application.')
  expect(of('web', [{ ...next, kind: 'development' }])).toBe('')
  expect(of('@a/eslint-config', [])).toBe('Configuration of ESLint that the other packages share.')
})

it('names the program of a package that only holds one', () => {
  const entryPoints: EntryPointFact[] = [
    { kind: 'binary', name: 'make-walk', path: 'kit/index.js', range: range('kit/package.json', 5) },
  ]
  const own = { dir: 'kit', manifest: { ...MANIFEST, path: 'kit/package.json' } }
  expect(packageMeaning(makeFacts({ entryPoints }), own)).toBe('Holds the program make-walk.')
})
