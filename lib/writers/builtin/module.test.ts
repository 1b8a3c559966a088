import { expect, it } from 'vitest'
import { planPages } from '#lib/domain/plan.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'
import { draftPage } from '#lib/writers/builtin/composers.ts'
import { planFor } from '#lib/writers/builtin/plan.ts'

it('does not tell of a whole page what one of its folders says of itself', async () => {
  const facts = await extractFacts({
    snapshot: snapshotOfFiles({
      'src/gate/index.ts': '/**\n * Lets few people in, and nobody out.\n */\n\nexport function gate(): void {}\n',
      'src/wall/index.ts': 'export function wall(): void {}\n',
      'src/moat/index.ts': 'export function moat(): void {}\n',
    }),
    name: 'castle',
    progress: () => {},
    signal: new AbortController().signal,
  })
  const plan = planFor({ facts, projectName: 'castle' })
  const texts = planPages(plan)
    .filter(({ kind }) => kind === 'module')
    .map((page) => draftPage(facts, page, plan).markdown())
  expect(texts.join('\n')).toMatch(/^# .+\n\n`src\/gate`: Lets few people in, and nobody out\. \[/)
})
