import { expect, it } from 'vitest'
import { steeringSchema } from './steering.ts'
import { formOf, steeringFrom } from './steering-form.ts'

it('shows wishes as lines to type in, and reads the same wishes back', () => {
  const steering = steeringSchema.parse({
    audience: 'Locksmiths',
    language: 'pt-BR',
    terms: [{ use: 'sign in', not: ['log in', 'login'] }, { use: 'berth' }],
    pages: [
      { title: 'First steps', page: 'Getting started', about: 'Begin with: the container.' },
      { title: 'Storms', sources: ['src/storm.ts:3-9', 'docs/storm.md'] },
      { title: 'Commands' },
    ],
    paths: { exclude: ['**/legacy'] },
  })
  const form = formOf(steering)
  expect(form).toMatchObject({
    tone: '',
    terms: 'sign in: log in, login\nberth',
    pages:
      'First steps | Getting started | Begin with: the container.\nStorms |  |  | src/storm.ts:3-9, docs/storm.md\nCommands',
    exclude: '**/legacy',
  })
  expect(steeringSchema.parse(JSON.parse(JSON.stringify(steeringFrom(form))))).toEqual(steering)
  expect(JSON.stringify(steeringFrom(formOf({})))).toBe('{}')
})
