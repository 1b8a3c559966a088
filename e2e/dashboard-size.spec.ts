import { expect } from '@playwright/test'
import { adminOf, post, signInAt } from './dashboard-people.ts'
import { test } from './fixtures.ts'
import { SAMPLE_FILES } from './sample-files.ts'
import { loadedScriptKb } from './script-size.ts'

const LIMIT_KB = 200

test('every kind of screen loads at most 200 kB of compressed script until somebody does something', async ({
  docsfy,
  page,
  serveRepository,
}) => {
  const repository = await serveRepository(SAMPLE_FILES)
  await post(docsfy, '/api/generate', { body: { repo_url: repository.url } })
  await signInAt(page, docsfy, { person: adminOf(docsfy) })
  for (const path of [
    '/',
    '/v/sample/main/builtin/static?owner=admin',
    '/p/sample?owner=admin',
    '/admin/users',
    '/admin/cost',
    '/cost',
    '/credentials',
  ]) {
    const kb = await loadedScriptKb(page, docsfy.url + path)
    expect(kb, `${path} loads ${kb.toFixed(1)} kB`).toBeLessThanOrEqual(LIMIT_KB)
    expect(kb, `${path} loads too little to be counted right`).toBeGreaterThan(100)
  }
})
