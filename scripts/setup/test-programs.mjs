import { existsSync, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { inCheckout } from './checkout.mjs'
import { runQuietly } from './command.mjs'
import { Problem } from './problem.mjs'

const unpacked = inCheckout('.setup', 'programs')
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Path of a Chromium for the end-to-end tests; installs Debian's when there is none and this process may. */
export async function ensureChromium() {
  const given = process.env.CHROMIUM_PATH
  if (given && !existsSync(given)) throw new Problem(`CHROMIUM_PATH names ${given}, which does not exist`)
  return given || findProgram(NAMES) || (await installChromium())
}

/** Path of git, with the part that serves repositories over HTTP; installs Debian's when there is none. */
export async function ensureGit() {
  if (!findProgram(['git'])) await installPackage('git', 'The tests need git')
}

/**
 * Brings in Debian's nginx for the tests behind a proxy: unpacked, not installed, because an installed one begins to serve port
 * 80. Without it those tests are skipped, and say why.
 */
export async function ensureNginx() {
  if (findProgram(['nginx']) && findProgram(['openssl'])) return
  try {
    await unpackNginx()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    process.stderr.write(`The tests behind nginx are skipped. ${error.message}\n`)
  }
}

async function unpackNginx() {
  if (!findProgram(['apt-get'])) throw new Problem('Install nginx and openssl to run them')
  mkdirSync(unpacked, { recursive: true })
  const update = process.getuid?.() === 0 ? 'apt-get update -q && ' : ''
  // Which of the two has the program depends on the release.
  const download = 'apt-get download -q nginx nginx-light openssl'
  await runQuietly({
    command: [
      'sh',
      '-c',
      `${update}${download} && for file in *.deb; do dpkg -x "$file" . || exit; done && rm -- *.deb`,
    ],
    cwd: unpacked,
    doing: 'Fetching nginx',
    done: 'Fetched nginx',
    failure: 'nginx could not be fetched',
  })
}

async function installChromium() {
  await installPackage('chromium', 'The end-to-end tests need Chromium')
  const found = findProgram(NAMES)
  if (!found) throw new Problem('Chromium was installed but is not on the path: set CHROMIUM_PATH to it')
  return found
}

async function installPackage(name, need) {
  const apt = findProgram(['apt-get'])
  if (!apt || process.getuid?.() !== 0)
    throw new Problem(
      `${need}: install it${name === 'chromium' ? ', or set CHROMIUM_PATH to one' : ''}, and run npm test again`,
    )
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const words = { doing: `Installing ${name}`, done: `Installed ${name}`, failure: `${name} could not be installed` }
  const command = 'apt-get update -q && apt-get install -y -q --no-install-recommends "$0"'
  await runQuietly({ ...words, env, command: ['sh', '-c', command, name] })
}

function findProgram(names) {
  const own = ['sbin', 'bin'].map((folder) => join(unpacked, 'usr', folder))
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin', ...own]
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}
