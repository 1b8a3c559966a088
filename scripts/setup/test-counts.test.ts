import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { countTests } from './test-counts.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docsfy-counts-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const unit = { numPassedTests: 5, numFailedTests: 0, success: true, testResults: [] }
const journeys = { stats: { expected: 3, unexpected: 0, flaky: 0 }, errors: [] }

function count(vitest: unknown, playwright: unknown) {
  const paths = { vitestReport: join(folder, 'vitest.json'), playwrightReport: join(folder, 'playwright.json') }
  if (vitest) writeFileSync(paths.vitestReport, JSON.stringify(vitest))
  if (playwright) writeFileSync(paths.playwrightReport, JSON.stringify(playwright))
  return countTests(paths)
}

it('adds what both reports say', () => {
  expect(count(unit, journeys)).toEqual({ passed: 8, failed: 0 })
  const failing = { ...journeys, stats: { expected: 2, unexpected: 1, flaky: 0 } }
  expect(count({ ...unit, numFailedTests: 2, success: false }, failing)).toEqual({ passed: 7, failed: 3 })
})

it('counts a missing report as a failure', () => {
  expect(count(unit, null)).toEqual({ passed: 5, failed: 1 })
})

it('counts a test file that could not be loaded as a failure', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }]
  expect(count({ ...unit, success: false, testResults }, journeys)).toEqual({ passed: 8, failed: 1 })
})

it('counts an error outside of any test as a failure', () => {
  expect(count({ ...unit, success: false }, { ...journeys, errors: [{}] })).toEqual({ passed: 8, failed: 2 })
})
