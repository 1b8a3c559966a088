import { expect, it } from 'vitest'
import type { Plan } from '#lib/domain/plan.ts'
import { makeFacts, range } from '#lib/testing/make-facts.ts'
import { guideTextsOf } from '#lib/writers/builtin/guide-texts.ts'

const TEXT = 'A walk by [night](night.md) needs a lamp, a map and a friend. Short one.\n\n```ts\nwalk()\n```'

it('finds the guide that tells a sentence, whatever it links to and whatever stands below it', () => {
  const section = { heading: 'Night', level: 1, text: TEXT, range: range('docs/walk.md', 1, 9), textStart: 2 }
  const facts = makeFacts({ documents: [{ path: 'docs/walk.md', title: 'Night', sections: [section] }] })
  const page = { slug: 'docs-walk', title: 'Night', description: '', type: 'guide', kind: 'examples' } as const
  const plan: Plan = {
    project_name: 'walk',
    tagline: '',
    repo_type: 'library',
    navigation: [{ group: 'Guides', pages: [{ ...page, subject: 'docs/walk.md' }] }],
  }
  const inGuides = guideTextsOf(facts, plan)
  expect(inGuides('A walk by night needs a lamp, a map and a friend.')).toEqual({ title: 'Night', slug: 'docs-walk' })
  expect(inGuides('Short one.')).toBeNull()
})
