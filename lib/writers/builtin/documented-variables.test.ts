import { expect, it } from 'vitest'
import { makeFacts, range } from '#lib/testing/make-facts.ts'
import { documentedVariables } from '#lib/writers/builtin/documented-variables.ts'

it('finds what lists and tables of documents say of variables without a comment, and takes no other column for it', () => {
  const text = [
    '- `WALK_PACE`: How fast it walks. In steps.',
    '- `WALK_TO`: home',
    '',
    '| Name | Default | Description |',
    '|---|---|---|',
    '| `WALK_DIR` | `./walks` | Where the [walks](a.md) are kept |',
    '',
    '| Variable | Value of this server |',
    '|---|---|',
    '| `WALK_HOST` | walks.example.org port 80 |',
  ]
  const section = { heading: 'Walk', level: 1, text: text.join('\n'), range: range('README.md', 1, 12), textStart: 2 }
  const variable = (name: string, help: string | null = null) => ({ name, default: null, help, ranges: [] })
  const names = ['WALK_PACE', 'WALK_TO', 'WALK_DIR', 'WALK_HOST']
  const facts = makeFacts({ documents: [{ path: 'README.md', title: 'Walk', sections: [section] }] })
  const found = documentedVariables(facts, [...names.map((name) => variable(name)), variable('OTHER', 'told')])
  expect([...found].map(([name, meaning]) => [name, meaning.text, meaning.citation.start])).toEqual([
    ['WALK_PACE', 'How fast it walks.', 2],
    ['WALK_DIR', 'Where the walks are kept', 7],
  ])
})
