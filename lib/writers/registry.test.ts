import { expect, it } from 'vitest'
import { writerFor } from '#lib/writers/registry.ts'

it('finds the built-in writer', () => {
  expect(writerFor({ provider: 'builtin', model: 'static' })).toMatchObject({ provider: 'builtin', model: 'static' })
})

it('names the known providers and models when asked for another', () => {
  expect(() => writerFor({ provider: 'oracle', model: 'static' })).toThrow(
    'There is no provider "oracle"; use builtin, claude, ',
  )
  expect(() => writerFor({ provider: 'builtin', model: 'x' })).toThrow('has no model "x"; use "static"')
})
