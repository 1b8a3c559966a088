import { expect, it } from 'vitest'
import { parseVariantPath, safeReturnPath, variantHref } from '#lib/domain/deep-link.ts'

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
