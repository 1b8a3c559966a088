#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const WANTED_MAJOR = 24
/** As lib/config.ts has them, which this program cannot read before it has the right Node. */
const WORK_PROCESS = {
  flags: ['--max-semi-space-size=8', '--no-regexp-tier-up', '--v8-pool-size=0'],
  environment: { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072', UV_THREADPOOL_SIZE: '16' },
}
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const main = join(root, 'cli', 'main.ts')
const installed = join(root, 'node_modules', 'node', 'bin', 'node')
/** Node keeps what it made of our files, in a folder only this user writes to: the next command starts in half the time. */
const compiled = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'docsfy', 'compiled')

const ours = [...WORK_PROCESS.flags, main, ...process.argv.slice(2)]
const environment = { NODE_COMPILE_CACHE: compiled, ...process.env, ...WORK_PROCESS.environment }

// npm runs scripts in its own folder: paths on the command line are meant from where the person is.
if (process.env.npm_package_json === join(root, 'package.json') && process.env.INIT_CWD)
  process.chdir(process.env.INIT_CWD)

if (Number.parseInt(process.versions.node, 10) >= WANTED_MAJOR) await runHere()
else if (existsSync(installed)) runWith(installed)
else fail(`docsfy needs Node ${WANTED_MAJOR}: run "npm ci" in ${root} first`)

/** This process becomes the one with the flags, which Node takes at its start alone; on Windows it goes on without them. */
async function runHere() {
  if (process.platform !== 'win32')
    process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...ours], environment)
  await import(main)
}

function runWith(node) {
  const child = spawn(node, ours, { stdio: 'inherit', env: environment })
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name))
  child.on('error', (error) => fail(`docsfy could not be started with ${node}: ${error.message}`))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
  })
}

function fail(sentence) {
  process.stderr.write(`Error: ${sentence}\n`)
  process.exitCode = 1
}
