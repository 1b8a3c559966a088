import { expect, it } from 'vitest'
import { readAddress } from '#app/_components/generate/read-address.ts'

it('says which repository on which host is meant', () => {
  expect(readAddress(' git@github.com:acme/atlas.git ', false)).toMatchObject({
    kind: 'url',
    host: 'github.com',
    repository: 'acme/atlas',
  })
})

it('takes a folder on the server from administrators only', () => {
  expect(readAddress('/srv/git/atlas', true)).toEqual({ kind: 'path', path: '/srv/git/atlas', name: 'atlas' })
  expect(readAddress('/srv/git/atlas', false)).toMatchObject({ kind: 'refused' })
})

it('says nothing before anything is typed, and why what is typed is refused', () => {
  expect(readAddress('  ', false)).toEqual({ kind: 'empty' })
  expect(readAddress('https://host/', false)).toMatchObject({ kind: 'refused' })
})

it('takes a missing slash for a slip, not for the ssh host "https"', () => {
  for (const typed of ['https:/github.com/acme/atlas', 'https:github.com/acme/atlas', 'htps:/host/acme/atlas'])
    expect(readAddress(typed, false)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('two slashes') })
  expect(readAddress('https://github.com/acme/atlas', false)).toMatchObject({ kind: 'url', hasToken: false })
})

it('says that a pasted token is there without repeating it', () => {
  const read = readAddress('https://user:secret@host/acme/atlas', false)
  expect(read).toMatchObject({ kind: 'url', host: 'host', repository: 'acme/atlas', hasToken: true })
})
