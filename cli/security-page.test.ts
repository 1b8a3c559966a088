import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

it('SECURITY.md names a test that exists for each of its promises, and README leads to it', async () => {
  const page = await readFile(join(ROOT, 'SECURITY.md'), 'utf8')
  const rows = [...page.matchAll(/^\| (?!promise|-)(.+?) \| (.+) \|$/gm)]
  expect(rows.length).toBeGreaterThan(10)
  for (const [, promise, places = ''] of rows) {
    const files = [...places.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path)
    expect([promise, files.length > 0, files.filter((path) => !existsSync(join(ROOT, path)))]).toEqual([
      promise,
      true,
      [],
    ])
  }
  expect(await readFile(join(ROOT, 'README.md'), 'utf8')).toContain('(SECURITY.md)')
})
