import { expect, it } from 'vitest'
import {
  adminHref,
  CREDENTIALS_HREF,
  linkedProject,
  loginAddress,
  parsePlace,
  parseVariantPath,
  projectHref,
  safeReturnPath,
  variantHref,
} from '#lib/domain/deep-link.ts'
import { makeRow } from '#lib/testing/make-row.ts'

const IDENTITY = { owner: 'mira', name: 'atlas', branch: 'feature/a b%', provider: 'builtin', model: 'org/model~1' }

it('leads back to the variant it was made for', () => {
  const url = new URL(variantHref(IDENTITY), 'https://docs.example')
  expect(parseVariantPath(url.pathname, url.searchParams.get('owner'))).toEqual(IDENTITY)
})

it('names nothing for other paths', () => {
  for (const path of ['/', '/v/atlas', '/v/atlas/main/builtin/static/more', '/w/a/b/c/d', '/v/a/%E0%A4%A/c/d'])
    expect(parseVariantPath(path, null)).toBeNull()
})

it('returns only to this site', () => {
  for (const path of [
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '',
    null,
    '/login?next=/',
  ])
    expect(safeReturnPath(path)).toBe('/')
  expect(safeReturnPath('/v/atlas/main/builtin/static?owner=mira')).toBe('/v/atlas/main/builtin/static?owner=mira')
})

it('passes on where login leads back to, unless that is too long for the head of an answer', () => {
  expect(loginAddress('/p/atlas?owner=mira')).toBe('/login?next=%2Fp%2Fatlas%3Fowner%3Dmira')
  expect(loginAddress(`/p/${'é'.repeat(5_000)}`)).toBe('/login')
})

it('leads back to the run and the page, the project, the comparison and the admin screen it was made for', () => {
  const { owner, name } = IDENTITY
  expect(placeOf(variantHref(IDENTITY, { run: 'r1', page: 'lamps' }))).toEqual({
    kind: 'variant',
    link: IDENTITY,
    run: 'r1',
    page: 'lamps',
    compared: null,
  })
  const compared = { from: 'r1', to: 'r2' }
  expect(placeOf(variantHref(IDENTITY, { compared }))).toMatchObject({ kind: 'variant', run: null, compared })
  expect(placeOf(projectHref({ owner, name }, ['g1', 'g2']))).toEqual({
    kind: 'project',
    name,
    owner,
    compared: ['g1', 'g2'],
  })
  expect(placeOf(adminHref('queue'))).toEqual({ kind: 'admin', screen: 'queue' })
  expect(placeOf(CREDENTIALS_HREF)).toEqual({ kind: 'credentials' })
  expect(placeOf('/')).toEqual({ kind: 'overview' })
  for (const path of ['/admin/nothing', '/p', '/p/a/b', '/elsewhere/users']) expect(placeOf(path)).toBeNull()
})

it("takes a project without an owner as one's own, else as that of the only owner", () => {
  const rows = [makeRow({ owner: 'mira' }), makeRow({ owner: 'noor' })]
  const link = { name: 'atlas', owner: null }
  expect(linkedProject(rows, link, 'noor')).toEqual([rows[1]])
  expect(linkedProject(rows, link, 'admin')).toEqual([])
  expect(linkedProject(rows.slice(1), link, 'admin')).toEqual([rows[1]])
  expect(linkedProject(rows, { ...link, owner: 'mira' }, 'noor')).toEqual([rows[0]])
})

function placeOf(href: string) {
  const url = new URL(href, 'https://docs.example')
  return parsePlace(url.pathname, url.searchParams)
}
