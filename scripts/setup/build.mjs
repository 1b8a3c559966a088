import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inCheckout, textOf } from './checkout.mjs'
import { runQuietly } from './command.mjs'
import { oneAtATime } from './one-at-a-time.mjs'

const SOURCES = ['app', 'lib', 'db', 'public']
const SINGLE_FILES = ['next.config.mjs', 'postcss.config.mjs', 'tsconfig.json', 'package.json', 'package-lock.json']
const stamp = inCheckout('.next', 'docsfy-built')

/** Builds the dashboard, unless the last build was made from exactly these sources. */
export async function ensureBuilt(node) {
  if (isBuilt()) return
  await oneAtATime(async () => {
    if (!isBuilt()) await build(node)
  })
}

function isBuilt() {
  return existsSync(inCheckout('.next', 'BUILD_ID')) && textOf(stamp) === hashOfSources()
}

async function build(node) {
  const hash = hashOfSources()
  rmSync(stamp, { force: true })
  await runQuietly({
    command: [node, inCheckout('node_modules', 'next', 'dist', 'bin', 'next'), 'build'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    doing: 'Building the dashboard',
    done: 'Built the dashboard',
    failure: 'The dashboard could not be built',
  })
  writeFileSync(stamp, hash)
}

function hashOfSources() {
  const hash = createHash('sha256')
  for (const path of [...SOURCES.flatMap(filesBelow), ...SINGLE_FILES]) {
    const full = inCheckout(path)
    if (existsSync(full)) hash.update(`${path}\0`).update(readFileSync(full)).update('\0')
  }
  return hash.digest('hex')
}

function filesBelow(folder) {
  if (!existsSync(inCheckout(folder))) return []
  return readdirSync(inCheckout(folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .filter((path) => !/\.test\.tsx?$/.test(path) && !path.startsWith(join('lib', 'testing')))
}
