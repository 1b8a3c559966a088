import { spawnSync } from 'node:child_process'
import { inCheckout } from './checkout.mjs'
import { runQuietly } from './command.mjs'
import { environmentOutside } from './npm.mjs'
import { Interrupted, Problem } from './problem.mjs'

const WANTED_MAJOR = 24
const installed = inCheckout('node_modules', 'node', 'bin', 'node')

/** Path of a Node that can run docsfy: the one installed with it, else the one running this script; null when neither can. */
export function findNode24() {
  if (majorOf(installed) >= WANTED_MAJOR) return installed
  return Number.parseInt(process.versions.node, 10) >= WANTED_MAJOR ? process.execPath : null
}

/** Fetches Node 24 where the installation has skipped it (npm with `ignore-scripts`); answers with its path. */
export async function fetchNode24() {
  try {
    await runQuietly({
      command: [process.execPath, inCheckout('node_modules', 'node', 'installArchSpecificPackage.js')],
      cwd: inCheckout('node_modules', 'node'),
      env: environmentOutside(),
      doing: `Fetching Node ${WANTED_MAJOR}`,
      done: `Fetched Node ${WANTED_MAJOR}`,
      failure: `Node ${WANTED_MAJOR} could not be fetched`,
    })
  } catch (error) {
    // The fetching script may fail after the binary is in place: what counts is whether it runs.
    if (error instanceof Interrupted || !findNode24()) throw error
  }
  const node = findNode24()
  if (node) return node
  throw new Problem(`The fetched Node does not run on this system: install Node ${WANTED_MAJOR} or newer and try again`)
}

function majorOf(node) {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  return Number.parseInt(stdout?.replace(/^v/, '') ?? '', 10) || 0
}
