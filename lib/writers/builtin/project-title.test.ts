import { expect, it } from 'vitest'
import type { ManifestFact } from '#lib/domain/facts.ts'
import { makeFacts, range } from '#lib/testing/make-facts.ts'
import { projectTitleOf } from '#lib/writers/builtin/project-title.ts'

function titled(heading: string, given: string, { text = '', packageName = given } = {}): string {
  const manifest: ManifestFact = {
    path: 'package.json',
    kind: 'npm',
    name: packageName,
    version: null,
    description: null,
    license: null,
  }
  const section = { heading, level: 1, text, range: range('README.md', 1, 3), textStart: 2 }
  const facts = makeFacts({
    name: given,
    manifests: [manifest],
    documents: [{ path: 'README.md', title: heading, sections: [section] }],
  })
  return projectTitleOf(facts, given)
}

it.each([
  ['GitHub CLI', 'cli', 'GitHub CLI'],
  ['Night Walk Retirement', 'night-walk', 'Night Walk'],
  ['Bats-core: Bash Automated Testing System', 'bats', 'Bats-core'],
  ['ripgrep (rg)', 'ripgrep', 'ripgrep'],
  ['Vite ⚡', '@vitejs/vite-monorepo', 'Vite'],
  ['Pinia', '@pinia/root', 'Pinia'],
  ['Welcome to a very good day for walking', 'walk', 'walk'],
  ['Something else', 'com.example:walk-parent', 'walk-parent'],
])('reads the heading %j of %j as %j', (heading, given, title) => {
  expect(titled(heading, given)).toBe(title)
})

it('takes the heading for the name where the folder has none', () => {
  expect(titled('步行 – a guide', 'repo', { packageName: '' })).toBe('步行')
  expect(titled('Welcome to a very good day for walking', 'repo', { packageName: '' })).toBe('repo')
})

it('spells a shouted name as the text does', () => {
  expect(titled('HIREDIS', 'hiredis', { text: 'Hiredis is small.' })).toBe('Hiredis')
  expect(titled('', 'FASTIFY', { text: 'Enter Fastify. Fastify is fast.' })).toBe('Fastify')
})

it('spells a name as the README does where the heading is a picture', () => {
  expect(titled('', 'execa', { text: 'Execa runs commands.' })).toBe('Execa')
})
