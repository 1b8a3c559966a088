import { readFileSync } from 'node:fs'

/**
 * Tests passed and failed, from the JSON reports of vitest and Playwright. A report that is missing, or a test file that
 * could not even be loaded, counts as one failure: it must never look like success.
 */
export function countTests({ vitestReport, playwrightReport }) {
  return [fromVitest(readJson(vitestReport)), fromPlaywright(readJson(playwrightReport))].reduce(
    (sum, part) => ({ passed: sum.passed + part.passed, failed: sum.failed + part.failed }),
    { passed: 0, failed: 0 },
  )
}

function fromVitest(report) {
  if (!report) return { passed: 0, failed: 1 }
  const unloaded = report.testResults.filter(({ status, assertionResults }) => {
    return status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
  })
  const failed = report.numFailedTests + unloaded.length
  return { passed: report.numPassedTests, failed: failed === 0 && !report.success ? 1 : failed }
}

function fromPlaywright(report) {
  if (!report) return { passed: 0, failed: 1 }
  const { expected, unexpected, flaky } = report.stats
  return { passed: expected, failed: unexpected + flaky + report.errors.length }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}
