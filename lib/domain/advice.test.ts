import { expect, it } from 'vitest'
import { adviceFor } from '#lib/domain/advice.ts'
import { RESTARTED_MESSAGE } from '#lib/domain/stages.ts'

it('offers the branch that exists when the one that was asked for does not', () => {
  const message =
    'No branch, tag or commit "main" exists in this repository; its default branch is "trunk". Existing branches: trunk'
  expect(adviceFor(message, 'cloning').branch).toBe('trunk')
})

it('says what to do by the stage that failed, and after a restart', () => {
  expect(adviceFor('The connection was refused', 'cloning').sentence).toContain('address')
  expect(adviceFor(RESTARTED_MESSAGE, 'generating_pages').sentence).toContain('stay')
  expect(adviceFor(null, null).sentence).toContain('server log')
})
