import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readOwnPrices } from './price-file.ts'
import { priceOf } from './prices.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docsfy-prices-'))
})
afterAll(async () => await rm(folder, { recursive: true }))

async function read(text: string) {
  const path = join(folder, 'prices.yml')
  await writeFile(path, text)
  return readOwnPrices({ path, isNeeded: true })
}

const GOOD = `date: 2026-11-20
models:
  gpt-5-mini: { input: 1, output: 4 }
  our-model:
    input: 0.5
    output: 0.75
    cached: 0.1
    max_output_tokens: 8192
  codex:default: { input: 2, output: 8 }
`

it('puts the prices of an administrator before those of the table, with their own date', async () => {
  const own = await read(GOOD)
  expect(priceOf('openai', 'gpt-5-mini-2025-08-07', own)).toMatchObject({ input: 1, cached: 1, date: '2026-11-20' })
  expect(priceOf('compatible', 'our-model', own)).toMatchObject({ cached: 0.1, maxOutputTokens: 8192 })
  expect(priceOf('codex', 'default', own)).toMatchObject({ output: 8 })
  expect(priceOf('claude', 'default', own)?.output).not.toBe(8)
  expect(priceOf('openai', 'gpt-5-nano', own)).toMatchObject({ input: 0.05, date: '2026-08-05' })
})

it.each([
  [
    'a price that is no number',
    GOOD.replace('output: 0.75', 'output: cheap'),
    'line 6: models.our-model.output must be',
  ],
  ['a negative price', GOOD.replace('output: 0.75', 'output: -1'), 'line 6: models.our-model.output must be 0 or more'],
  [
    'a price that is missing',
    GOOD.replace('    output: 0.75\n', ''),
    'line 4: models.our-model.output must be a number',
  ],
  ['a key nobody knows', GOOD.replace('cached:', 'cache:'), 'line 7: models.our-model.cache is not known'],
  ['no date', GOOD.replace('date: 2026-11-20\n', ''), 'line 1: date must be the day'],
  ['another form of date', GOOD.replace('2026-11-20', '20 Nov'), 'line 1: date must be a day such as'],
  ['a model twice', GOOD.replace('our-model', 'gpt-5-mini'), 'line 4: Map keys must be unique'],
  ['what is no YAML', 'date: [', 'line 1: '],
])('names the line and the key of %s', async (_, text, expected) => {
  await expect(read(text)).rejects.toThrow(expected)
})

it('is not needed unless a setting names it', () => {
  const path = join(folder, 'absent.yml')
  expect(readOwnPrices({ path, isNeeded: false })).toBeNull()
  expect(() => readOwnPrices({ path, isNeeded: true })).toThrow('cannot be read (ENOENT): check AI_PRICES_FILE')
})
