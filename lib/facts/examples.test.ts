import { expect, it } from 'vitest'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'
import { extractFacts } from './extract-facts.ts'

it('tells what code blocks, doc comments and example files use, and nothing of blocks in other languages', async () => {
  const facts = await extractFacts({
    snapshot: snapshotOfFiles({
      'package.json': '{"name":"walk","main":"src/index.ts"}',
      'src/index.ts':
        '/**\n * Walks.\n * @example\n * walk(rest())\n */\nexport function walk() {}\nexport function rest() {}\n',
      'examples/go.ts': "import { walk } from '../src/index.ts'\nwalk()\n",
      'examples/none.ts': 'const walk = 1\n',
      'README.md':
        '# Walk\n\nUse `rest`.\n\n```ts\n// rest\nwalk()\n```\n\n```python\nwalk()\n```\n\n## More\n\n```js\nconst a = rest()\n```\n',
    }),
    name: 'walk',
    signal: new AbortController().signal,
    progress: () => {},
  })
  expect(facts.examples.map(({ kind, range, touches }) => [kind, range.path, range.start, range.end, touches])).toEqual(
    [
      ['document', 'README.md', 6, 7, ['src/index.ts#walk']],
      ['document', 'README.md', 17, 17, ['src/index.ts#rest']],
      ['file', 'examples/go.ts', 1, 2, ['src/index.ts#walk']],
      ['doctest', 'src/index.ts', 1, 5, ['src/index.ts#rest', 'src/index.ts#walk']],
    ],
  )
})
