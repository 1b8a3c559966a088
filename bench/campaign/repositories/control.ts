import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Sandbox, SECRET } from './sandbox.ts'

const PATIENCE_MS = 15_000
const BOMB_MB = 700

/** What the same attacks do to a careless program: each answers whether it worked. */
export const CONTROLS: Record<string, (sandbox: Sandbox, pathOf: (name: string) => string) => Promise<boolean>> = {
  async 'a checkout follows a link to the secret'(sandbox, pathOf) {
    const clone = await checkOut(sandbox, pathOf('a link to a secret'))
    return readFileSync(join(clone, 'README.md'), 'utf8').includes(SECRET)
  },
  async 'git in a bare repository inside runs its monitor'(sandbox, pathOf) {
    const clone = await checkOut(sandbox, pathOf('a bare repository inside, whose monitor runs a program'))
    for (const name of ['objects', 'refs']) mkdirSync(join(clone, 'inside', name), { recursive: true })
    await run('git', ['status'], join(clone, 'inside'))
    return existsSync(join(sandbox.folder, 'marker-fsmonitor'))
  },
  async 'a clone with submodules contacts an address inside'(sandbox, pathOf) {
    sandbox.intrusions()
    const clone = await checkOut(sandbox, pathOf('a submodule that leads inside'))
    await run('git', ['submodule', 'update', '--init', 's0'], clone)
    return sandbox.intrusions().some((found) => found.includes('canary'))
  },
  async 'npm install runs what the repository says'(sandbox, pathOf) {
    const clone = await checkOut(sandbox, pathOf('programs that wait to be run'))
    await run('npm', ['install', '--offline', '--no-audit', '--script-shell=/bin/sh'], clone)
    return existsSync(join(sandbox.folder, 'marker-postinstall'))
  },
  async 'names from a tree are written outside'(sandbox) {
    const target = join(sandbox.work, 'naive', '../../outside/pwned.md')
    mkdirSync(join(sandbox.work, 'naive'), { recursive: true })
    writeFileSync(target, 'pwned')
    return sandbox.intrusions().some((found) => found.endsWith('pwned.md'))
  },
  'a pack of 1 MB takes more than 700 MB': async () => (await naiveInflate()) > BOMB_MB,
  async 'a walk through 216 kB of folders does not end'(_, pathOf) {
    const args = ['-C', pathOf('ten thousand million files in 216 kB'), 'ls-tree', '-r', 'main']
    const child = spawn('git', args, { stdio: ['ignore', 'ignore', 'ignore'] })
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
    const signal = await new Promise((resolve) => child.on('close', (_code, signal) => resolve(signal)))
    clearTimeout(timer)
    return signal === 'SIGKILL'
  },
}

let clones = 0

async function checkOut(sandbox: Sandbox, path: string): Promise<string> {
  const target = join(sandbox.work, `clone-${++clones}`)
  await run('git', ['-c', 'core.symlinks=true', 'clone', '--quiet', path, target], sandbox.work)
  return target
}

function run(command: string, args: string[], cwd: string): Promise<void> {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_TERMINAL_PROMPT: '0' }
  return new Promise((resolve) => execFile(command, args, { cwd, env, timeout: PATIENCE_MS }, () => resolve()))
}

/** Peak memory in MB of a program that inflates an object of 1 GB as a whole. */
async function naiveInflate(): Promise<number> {
  const script = `const z = require('node:zlib'); const b = z.deflateSync(Buffer.alloc(2 ** 30), { level: 1 })
    z.inflateSync(b); console.log(process.resourceUsage().maxRSS / 1024)`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  await new Promise((resolve) => child.on('close', resolve))
  return Number(output)
}
