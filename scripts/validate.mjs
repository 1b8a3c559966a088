import { mkdirSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { ensureBuilt } from './setup/build.mjs'
import { inCheckout } from './setup/checkout.mjs'
import { handOver } from './setup/command.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { Problem, runScript } from './setup/problem.mjs'
import { countTests } from './setup/test-counts.mjs'

const reports = inCheckout('.setup', 'reports')
const vitestReport = join(reports, 'vitest.json')
const playwrightReport = join(reports, 'playwright.json')

const TOOLS = {
  biome: '@biomejs/biome/bin/biome',
  knip: 'knip/bin/knip.js',
  next: 'next/dist/bin/next',
  playwright: '@playwright/test/cli.js',
  tsc: 'typescript/bin/tsc',
  vitest: 'vitest/vitest.mjs',
}

/** `npm run validate`: everything a machine can check, all of it even when a part fails; the last line counts the tests. */
await runScript(async () => {
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })
  const node = await ensureInstalled()
  const notPassed = []
  for (const step of stepsWith(node)) {
    process.stdout.write(`\n── ${step.name}\n`)
    if (!(await step.run())) notPassed.push(step.name)
  }
  const { passed, failed } = countTests({ vitestReport, playwrightReport })
  process.stdout.write(notPassed.length === 0 ? '\nEverything holds.\n' : `\nNot passed: ${notPassed.join(', ')}\n`)
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return notPassed.length === 0 && failed === 0 ? 0 : 1
})

function stepsWith(node) {
  const tool = (name, ...args) => runTool({ node, name, args })
  const jsonReport = `--outputFile.json=${vitestReport}`
  return [
    { name: 'Format and lint', run: () => tool('biome', 'check', '.') },
    { name: 'Types', run: async () => (await tool('next', 'typegen')) && (await tool('tsc', '--noEmit')) },
    { name: 'Unused files, exports and dependencies', run: () => tool('knip', '--no-progress') },
    { name: 'Unit tests', run: () => tool('vitest', 'run', '--reporter=default', '--reporter=json', jsonReport) },
    { name: 'Build', run: () => build(node) },
    { name: 'End-to-end tests', run: () => tool('playwright', 'test', '--reporter=list,json') },
    { name: 'Security campaign, its fast part', run: () => campaign(node) },
  ]
}

async function runTool({ node, name, args }) {
  const code = await handOver({
    command: [node, inCheckout('node_modules', TOOLS[name]), ...args],
    env: {
      ...process.env,
      PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
      NEXT_TELEMETRY_DISABLED: '1',
      PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
    },
  })
  return code === 0
}

async function campaign(node) {
  const command = [node, inCheckout('bench', 'campaign', 'run.ts'), '--fast']
  return (
    (await handOver({ command, env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` } })) ===
    0
  )
}

async function build(node) {
  try {
    await ensureBuilt(node)
    return true
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    process.stdout.write(`${error.details}\n${error.message}\n`)
    return false
  }
}
