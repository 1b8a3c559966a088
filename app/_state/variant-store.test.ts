import { expect, it } from 'vitest'
import { createVariantStore } from '#app/_state/variant-store.ts'
import { variantKeyOf } from '#lib/domain/variant-list.ts'
import { makeRow } from '#lib/testing/make-row.ts'

const RUNNING = makeRow({ name: 'atlas', status: 'generating' })
const OTHER = makeRow({ name: 'other' })
const KEY = variantKeyOf(RUNNING)

it('shows a wish at once, keeps it while the server still says otherwise, and then what the server says', async () => {
  const store = storeOf()
  const answered = Promise.withResolvers<void>()
  const wished = store.wish(KEY, 'abort', () => answered.promise)
  expect(store.row(KEY)?.status).toBe('aborted')
  expect(store.wished(KEY)).toBe('abort')

  store.update((rows) => rows.map((row) => (row === RUNNING ? { ...row, page_count: 4 } : row)))
  expect(store.row(KEY)).toMatchObject({ status: 'aborted', page_count: 4 })

  answered.resolve()
  await wished
  expect(store.row(KEY)).toMatchObject({ status: 'generating', page_count: 4 })
})

it('takes a deletion back when the server refuses', async () => {
  const store = storeOf()
  const refused = Promise.withResolvers<void>()
  const wished = store.wish(KEY, 'delete', () => refused.promise)
  expect(store.shape()).toEqual([OTHER])

  refused.reject(new Error('no'))
  await expect(wished).rejects.toThrow('no')
  expect(store.row(KEY)).toBe(RUNNING)
  expect(store.shape()).toHaveLength(2)
})

it('tells only those who look at the row that changed, and nobody of the shape when only pages were counted', () => {
  const store = storeOf()
  const heard: string[] = []
  store.subscribeRow(KEY, () => heard.push('row'))
  store.subscribeRow(variantKeyOf(OTHER), () => heard.push('other'))
  store.subscribeShape(() => heard.push('shape'))
  store.update((rows) => rows.map((row) => (row === RUNNING ? { ...row, page_count: 1 } : row)))
  expect(heard).toEqual(['row'])
})

function storeOf() {
  return createVariantStore({
    projects: [RUNNING, OTHER],
    known_models: {},
    known_branches: {},
    total_cost_usd: 0,
    unpriced_calls: 0,
  })
}
