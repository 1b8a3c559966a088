import { expect, it } from 'vitest'
import type { DocumentFact, Facts } from '#lib/domain/facts.ts'
import { makeFacts, range } from '#lib/testing/make-facts.ts'
import { developmentUnits, setupUnits } from '#lib/writers/builtin/setup-units.ts'

function withReadme(...sections: [level: number, heading: string, text: string][]): Facts {
  const readme: DocumentFact = {
    path: 'README.md',
    title: 'Walk',
    sections: sections.map(([level, heading, text], at) => ({
      heading,
      level,
      text,
      range: range('README.md', at * 20 + 1, at * 20 + 19),
      textStart: at * 20 + 2,
    })),
  }
  return makeFacts({ documents: [readme] })
}

const SHELL = (line: string) => `\`\`\`sh\n${line}\n\`\`\``

it('keeps every way to set a project up, each whole and with its own headings', () => {
  const facts = withReadme(
    [1, 'Walk', 'Walks.'],
    [2, '🛠 Installing from source', ''],
    [3, 'Fetch it', SHELL('git clone https://example.org/walk')],
    [2, 'Docker', SHELL('docker compose up -d')],
    [2, 'Why it walks', SHELL('echo because')],
  )
  const found = setupUnits(facts).map(({ sections }) => sections.map(({ level, heading }) => [level, heading]))
  expect(found).toEqual([
    [
      [2, 'Installing from source'],
      [3, 'Fetch it'],
    ],
    [[2, 'Docker']],
  ])
})

it('keeps the headings above each part, and no gap where one of them has no text', () => {
  const facts = withReadme(
    [2, 'How to use', SHELL('npx walk')],
    [3, 'With other tools', ''],
    [4, 'fzf', 'Preview with it.'],
    [3, 'Alone', ''],
    [2, 'Docker', ''],
    [4, 'Compose', SHELL('docker compose up')],
  )
  expect(setupUnits(facts).flatMap(({ sections }) => sections.map(({ level, heading }) => [level, heading]))).toEqual([
    [2, 'How to use'],
    [3, 'With other tools'],
    [4, 'fzf'],
    [2, 'Docker'],
    [3, 'Compose'],
  ])
})

it('leaves what only points elsewhere out where another part shows commands, and tests to those who develop', () => {
  const facts = withReadme(
    [1, 'Walk', 'Walks.'],
    [2, 'Getting started', 'See the [site](https://example.org).'],
    [2, 'Running tests', SHELL('$ cargo test')],
    [2, 'Install', '```\n$ brew install walk\n```'],
  )
  expect(setupUnits(facts).map(({ sections }) => sections[0]?.heading)).toEqual(['Install'])
  expect(developmentUnits(facts).map(({ sections }) => sections[0]?.heading)).toEqual(['Running tests'])
})
