import { rmSync, writeFileSync } from 'node:fs'
import { inCheckout, sha256, textOf } from './checkout.mjs'
import { runQuietly } from './command.mjs'
import { fetchNode24, findNode24 } from './node24.mjs'
import { environmentOutside, npmCommand } from './npm.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { Problem } from './problem.mjs'

const lock = inCheckout('package-lock.json')
/** Holds the hash of the package-lock.json that was installed; written last, so that half an installation has none. */
const stamp = inCheckout('node_modules', '.docsfy-installed')

/** Makes node_modules match package-lock.json, unless it does already; answers with the path of Node 24. */
export async function ensureInstalled() {
  const node = isInstalled() ? findNode24() : null
  return node ?? (await oneAtATime(install))
}

function isInstalled() {
  return textOf(stamp) === wanted()
}

async function install() {
  if (!isInstalled()) {
    if (!matchesByHand()) await installPackages()
    writeFileSync(stamp, wanted())
  }
  return findNode24() ?? (await fetchNode24())
}

/**
 * What `npm ci` does, without its refusal when the lock file lacks a package of another platform: such packages are
 * optional, and not every registry has them. The folder goes first, because npm trusts half-extracted packages.
 */
async function installPackages() {
  rmSync(inCheckout('node_modules'), { recursive: true, force: true })
  await runQuietly({
    command: [...npmCommand(), 'install', '--no-save', '--include=dev', '--no-fund', '--no-audit'],
    env: environmentOutside(),
    doing: 'Installing packages',
    done: 'Installed packages',
    failure: 'The packages could not be installed',
  })
}

function wanted() {
  const text = textOf(lock)
  if (text === null) throw new Problem('package-lock.json is missing: take a complete copy of the repository')
  return sha256(text)
}

/** Somebody has run `npm ci` or `npm install`: npm writes down what it has installed once all of it is in place. */
function matchesByHand() {
  const installed = packagesOf(inCheckout('node_modules', '.package-lock.json'))
  const locked = packagesOf(lock)
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '' || entry.optional || entry.devOptional) return true
    return installed[path]?.version === entry.version
  })
}

function packagesOf(path) {
  try {
    return JSON.parse(textOf(path) ?? '{}').packages ?? {}
  } catch {
    return {}
  }
}
