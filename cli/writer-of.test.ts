import { afterEach, expect, it, vi } from 'vitest'
import { writerOf } from '#cli/writer-of.ts'

afterEach(() => void vi.unstubAllEnvs())

it('a provider without a model gets what its tool chooses, not the model of the built-in writer', () => {
  expect(writerOf({ provider: 'claude' })).toMatchObject({ provider: 'claude', model: 'default' })
  expect(writerOf({ provider: 'claude', model: 'opus' })).toMatchObject({ provider: 'claude', model: 'opus' })
  expect(writerOf({})).toMatchObject({ provider: 'builtin', model: 'static' })
})

it('refuses what cannot be a provider or a model, and a provider that offers none by itself', () => {
  expect(() => writerOf({ provider: 'nobody' })).toThrow('Unknown provider "nobody"')
  expect(() => writerOf({ provider: 'openai' })).toThrow('Name a model of openai')
  expect(() => writerOf({ provider: 'openai', model: 'a/../../x' })).toThrow('is no name of a model')
})
