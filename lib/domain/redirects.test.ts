import { expect, it } from 'vitest'
import type { Plan, PlanPage } from './plan.ts'
import { parseRedirects, redirectsAfter, redirectsJson } from './redirects.ts'

function planOf(...pages: Partial<PlanPage>[]): Plan {
  const whole = pages.map((page) => ({
    slug: 'page',
    title: page.slug ?? '',
    description: '',
    type: 'reference' as const,
    kind: 'module' as const,
    ...page,
  }))
  return { project_name: 'p', tagline: '', repo_type: 'library', navigation: [{ group: 'All', pages: whole }] }
}

const overview = { slug: 'overview', kind: 'overview' as const }

it('leads from a page that is gone to the one that holds its subject now', () => {
  const before = planOf(overview, { slug: 'lib-a', subject: 'lib/a' }, { slug: 'old-name', title: 'Same' })
  const plan = planOf(overview, { slug: 'lib', subject: 'lib' }, { slug: 'new-name', title: 'Same' })
  expect(redirectsAfter({ before, plan, known: {} })).toEqual({ 'lib-a': 'lib', 'old-name': 'new-name' })
})

it('follows earlier redirects to pages that exist, forgets those of slugs that are pages again, and ends at the overview', () => {
  const before = planOf(overview, { slug: 'b', subject: 'b' })
  const plan = planOf(overview, { slug: 'c', subject: 'c' }, { slug: 'again', subject: 'x' })
  const known = { a: 'b', again: 'b', lost: 'nowhere' }
  expect(redirectsAfter({ before, plan, known })).toEqual({ a: 'overview', b: 'overview', lost: 'overview' })
  expect(redirectsAfter({ before: plan, plan, known: { a: 'c' } })).toEqual({ a: 'c' })
})

it('leads from a page that is told on another one to that one, whether it was ever published or not', () => {
  const part = { slug: 'routes', title: 'Routes', description: '', type: 'reference' as const, kind: 'routes' as const }
  const plan = planOf(overview, { slug: 'commands', kind: 'commands', parts: [part] })
  expect(redirectsAfter({ before: null, plan, known: { paths: 'routes' } })).toEqual({
    paths: 'commands',
    routes: 'commands',
  })
})

it('reads back what it wrote, and nothing from a torn or foreign file', () => {
  expect(parseRedirects(redirectsJson({ a: 'b' }))).toEqual({ a: 'b' })
  expect(parseRedirects('{"format":1,"redirects":{"../a":"b"}}')).toEqual({})
  expect(parseRedirects('{"form')).toEqual({})
  expect(parseRedirects(null)).toEqual({})
})
