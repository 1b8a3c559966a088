import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { inCheckout } from './checkout.mjs'

const folder = inCheckout('.setup')
const lock = inCheckout('.setup', 'lock')
const BEAT_MS = 1000
/** A lock that has not been touched for this long belongs to a process that was killed. */
const STALE_MS = 10_000

/** Runs `work` while no other process sets up this checkout: two installations at once would destroy each other. */
export async function oneAtATime(work) {
  mkdirSync(folder, { recursive: true })
  for (let told = false; !tryLock(); told = true) {
    if (!told) process.stderr.write('Another process is setting up this checkout: waiting for it …\n')
    if (ageOfLockMs() > STALE_MS) rmSync(lock, { force: true })
    else await sleep(500)
  }
  const beat = setInterval(() => utimesSync(lock, new Date(), new Date()), BEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    rmSync(lock, { force: true })
  }
}

function tryLock() {
  try {
    writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function ageOfLockMs() {
  return Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
}
