import type { PageType } from '#lib/domain/kinds.ts'
import type { PageCheck, WrittenPage } from '#lib/domain/page.ts'
import type { Plan } from '#lib/domain/plan.ts'
import type { SiteInput } from '#lib/domain/site.ts'
import { ARCHITECTURE, GUIDE, REFERENCE, SOURCES, STORE } from '#lib/testing/sample-texts.ts'

const COMMIT = '3ef35b2c9d1e4f5a6b7c8d9e0f1a2b3c4d5e6f70'

function page(
  slug: string,
  title: string,
  rest: { type: PageType; description: string; markdown: string },
): WrittenPage {
  const provenance = { provider: 'builtin', model: 'static', runId: 'run-1', commit: COMMIT }
  return { slug, title, ...rest, provenance }
}

function check(slug: string, citations: number, misses: PageCheck['misses'] = []): PageCheck {
  const none = { total: 0, ok: 0 }
  const counts = { link: { total: 2, ok: 2 }, citation: { total: citations, ok: citations - misses.length } }
  return { slug, counts: { ...counts, path: none, identifier: none }, misses }
}

/** A small site with everything in it: citations, diagrams, tables, long signatures, callouts, a failed check. */
export function sampleSite(changes: Partial<SiteInput> = {}): SiteInput {
  const pages = [
    page('getting-started', 'Getting started', {
      type: 'guide',
      description: 'From a clone to the first answered request.',
      markdown: GUIDE,
    }),
    page('architecture', 'Architecture', {
      type: 'concept',
      description: 'How the modules depend on each other, and why.',
      markdown: ARCHITECTURE,
    }),
    page('server-reference', 'Server reference', {
      type: 'reference',
      description: 'Functions and types of the server.',
      markdown: REFERENCE,
    }),
  ]
  const [guide, architecture, reference] = pages.map(({ slug, title, description, type }) => ({
    slug,
    title,
    description,
    type,
    kind: 'overview' as const,
  }))
  const plan: Plan = {
    project_name: 'lantern',
    tagline: 'Serves a folder of notes over HTTP and keeps every change in one plain file.',
    repo_type: 'app',
    navigation: [
      { group: 'Start here', pages: [guide, architecture].filter((entry) => entry !== undefined) },
      { group: 'Reference', pages: [reference].filter((entry) => entry !== undefined) },
    ],
  }
  const miss = {
    kind: 'citation' as const,
    line: 3,
    claim: `${STORE}:1-4`,
    found: 'the file has 3 lines at this commit',
  }
  return {
    plan,
    pages,
    checks: [check('getting-started', 5), check('architecture', 1, [miss]), check('server-reference', 4)],
    repository: 'https://example.org/acme/lantern',
    branch: 'main',
    commit: COMMIT,
    committedAt: '2026-11-20T08:30:00Z',
    forgeBase: `https://example.org/acme/lantern/blob/${COMMIT}/`,
    sources: SOURCES,
    redirects: {},
    ...changes,
  }
}
