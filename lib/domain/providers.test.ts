import { describe, expect, it } from 'vitest'
import { chooseWriter, modelProblem } from './providers.ts'

describe('the name of a model', () => {
  it.each(['gpt-5', 'qwen3:8b', 'anthropic/claude-opus-4.1', 'claude-opus-4@20250514', 'a'.repeat(128)])(
    'may be %s',
    (model) => {
      expect(modelProblem('openai', model)).toBeNull()
    },
  )

  it.each(['a/../../x', '..', 'a//b', '-m', '/etc', 'a b', 'a?b', 'a%2e', 'a'.repeat(129)])(
    'may not be %s',
    (model) => {
      expect(modelProblem('openai', model)).toContain('is no name of a model')
    },
  )

  it('has to be given, and the built-in writer has one', () => {
    expect(modelProblem('openai', undefined)).toBe('Name a model of openai')
    expect(modelProblem('builtin', 'static')).toBeNull()
    expect(modelProblem('builtin', 'gpt-5')).toContain('use static')
  })
})

describe('who writes', () => {
  const defaults = { provider: 'anthropic', model: 'claude-sonnet-5' }

  it('is the default, also where only its provider is named', () => {
    const chosen = { ok: true, ...defaults }
    expect(chooseWriter({}, defaults)).toEqual(chosen)
    expect(chooseWriter({ provider: 'anthropic' }, defaults)).toEqual(chosen)
  })

  it('uses the first model another provider offers, and asks for one where it offers none', () => {
    expect(chooseWriter({ provider: 'codex' }, defaults)).toEqual({ ok: true, provider: 'codex', model: 'default' })
    expect(chooseWriter({ provider: 'openai' }, defaults)).toMatchObject({ ok: false, field: 'model' })
    expect(chooseWriter({ provider: 'x' }, defaults)).toMatchObject({ ok: false, field: 'provider' })
  })
})
