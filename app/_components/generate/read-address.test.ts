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
  expect(readAddress('https://user:secret@host/acme/atlas', false)).toMatchObject({
    kind: 'refused',
    reason: 'The repository address must not contain a user name or password',
  })
})
