import { expect, it } from 'vitest'
import type { ManifestFact } from '#lib/domain/facts.ts'
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
