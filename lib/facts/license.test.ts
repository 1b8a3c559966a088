import { expect, it } from 'vitest'
import type { ManifestFact } from '#lib/domain/facts.ts'
import { licenseOf } from './license.ts'

const APACHE = 'Apache License\nVersion 2.0, January 2004\n'
const MIT = 'Permission is hereby granted, free of charge, to any person\n'

function manifest(license: string | null): ManifestFact {
  return { path: 'Cargo.toml', kind: 'cargo', name: 'walk', version: null, description: null, license }
}

it('takes the text of the file, and the manifest where that offers several licences', () => {
  const files: [string, string][] = [
    ['LICENSE-APACHE', APACHE],
    ['LICENSE-MIT', MIT],
    ['Cargo.toml', '[package]\nlicense = "MIT OR Apache-2.0"\n'],
  ]
  const texts = new Map(files)
  expect(licenseOf(texts, [manifest('MIT OR Apache-2.0')])).toEqual({
    name: 'MIT OR Apache-2.0',
    range: { path: 'Cargo.toml', start: 2, end: 2 },
  })
  expect(licenseOf(texts, [manifest('MIT/Apache-2.0')])?.name).toBe('MIT/Apache-2.0')
  expect(licenseOf(texts, [manifest('ISC')])).toEqual({
    name: 'Apache-2.0',
    range: { path: 'LICENSE-APACHE', start: 1, end: 2 },
  })
  expect(licenseOf(new Map([['LICENSE', 'Ask us.']]), [manifest(null)])).toBeNull()
})
