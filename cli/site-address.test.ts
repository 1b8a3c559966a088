import { expect, it } from 'vitest'
import { siteAddress } from './site-address.ts'

it('takes the address of a folder, with or without its last slash', () => {
  expect(siteAddress('https://docs.example.org')).toBe('https://docs.example.org/')
  expect(siteAddress('http://example.org/a/b')).toBe('http://example.org/a/b/')
})

it.each(['docs.example.org', 'ftp://x/', 'https://x/?a', 'https://x/#a', 'https://u:p@x/', 'javascript:alert(1)', ''])(
  'refuses %j and says what is wanted',
  (text) => expect(() => siteAddress(text)).toThrow('must be one like https://docs.example.org/project/'),
)
