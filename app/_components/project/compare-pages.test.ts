import { expect, it } from 'vitest'
import { comparePages } from '#app/_components/project/compare-pages.ts'
import type { Plan } from '#lib/domain/plan.ts'

it('pairs pages by slug, else by title, and keeps what only one side has', () => {
  const left = planOf([
    ['overview', 'Overview'],
    ['lamps', 'Lamps'],
    ['old', 'Old'],
  ])
  const right = planOf([
    ['new', 'New'],
    ['overview', 'What it is'],
    ['lamps-2', 'Lamps'],
  ])
  expect(comparePages(left, right).map(({ left: l, right: r }) => [l?.slug ?? null, r?.slug ?? null])).toEqual([
    ['overview', 'overview'],
    ['lamps', 'lamps-2'],
    ['old', null],
    [null, 'new'],
  ])
})

it('shows the pages of one side when the other has no plan', () => {
  expect(comparePages(null, planOf([['overview', 'Overview']]))).toHaveLength(1)
  expect(comparePages(null, null)).toEqual([])
})

function planOf(pages: [string, string][]): Plan {
  return {
    project_name: 'atlas',
    tagline: '',
    repo_type: 'library',
    navigation: [
      {
        group: 'All',
        pages: pages.map(([slug, title]) => ({ slug, title, description: '', type: 'guide', kind: 'overview' })),
      },
    ],
  }
}
