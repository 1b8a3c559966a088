import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bundledScripts } from '#lib/site/bundle-scripts.ts'

it('has made the scripts of sites from their modules as they are: `npm run site:scripts` makes them', () => {
  const folder = join(import.meta.dirname, 'minified')
  const made = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const)
  expect(Object.fromEntries(made)).toEqual(Object.fromEntries(bundledScripts()))
})
