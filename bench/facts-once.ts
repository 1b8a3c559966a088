/** One extraction in a process of its own, so that its peak memory is its own: prints one JSON object. */

import type { Facts } from '#lib/domain/facts.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { openLocalRepository } from '#lib/git/open-local.ts'
import { openSnapshot } from '#lib/git/snapshot.ts'

const [path = '.', cacheDir = ''] = process.argv.slice(2)
const { signal } = new AbortController()
const source = await openLocalRepository({ path, branch: null })
const startedMs = performance.now()
const snapshot = await openSnapshot({ ...source, limits: { maxRepoFiles: 200_000 }, signal })
const facts = await extractFacts({ snapshot, name: 'sample', signal, progress: () => {}, cacheDir: cacheDir || null })
const seconds = (performance.now() - startedMs) / 1000
const cpuSeconds = process.cpuUsage().user / 1e6
const askedMs = performance.now()
const symbols = facts.symbols.length
const symbolSeconds = (performance.now() - askedMs) / 1000
const peakMb = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ seconds, cpuSeconds, symbolSeconds, peakMb, symbols, ...sizes(facts) }))

function sizes(found: Facts) {
  const code = found.files.filter(
    ({ role, skipped, language }) => skipped === null && /^(?:source|test|example)$/.test(role) && language !== null,
  )
  return {
    files: found.files.length,
    megabytes: sum(found.files) / 1e6,
    codeFiles: code.length,
    codeMegabytes: sum(code) / 1e6,
  }
}

function sum(files: { bytes: number }[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0)
}
