import fs from 'node:fs'
import { copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { init, resolveRef, setConfig, writeRef } from 'isomorphic-git'
import { atomicWrite, syncFolder, temporaryName } from '#lib/atomic-write.ts'
import { breather } from '#lib/breather.ts'
import type { Limits } from '#lib/domain/job.ts'
import { isDocsfyError } from '#lib/errors.ts'
import { unpacksTooLarge } from './limit-errors.ts'
import { listTree } from './list-tree.ts'
import { ObjectStore } from './object-store.ts'
import { isPartial, noteOmitted, omittedFiles } from './omitted.ts'
import { readCommit } from './snapshot.ts'

/** The commit fetched last: what the next fetch tells the server it has. */
export const LATEST_REF = 'refs/docsfy/latest'
/** Sixteen packs with their indexes. */
const MAX_PACK_FILES = 32
/** Another run may put a store there between looking and renaming. */
const PUBLISH_ATTEMPTS = 3
const PACKS = join('objects', 'pack')

/** A commit in a store, and what it takes to check that it is whole. */
export interface StoredCommit {
  storeDir: string
  commit: string
  limits: Pick<Limits, 'maxRepoFiles'>
  signal: AbortSignal
}

/** Whether every file of the commit is in the store and the store is undamaged. Throws only `limit_reached` and `aborted`. */
export async function holdsWhole(stored: StoredCommit): Promise<boolean> {
  const content = await contentOf(stored)
  if (!content) return false
  const omitted = content.missing.length > 0 ? omittedFiles(stored.storeDir) : null
  return content.missing.every((oid) => omitted?.has(oid))
}

/**
 * The same for what was just fetched: files that the server left out as agreed are noted. Throws `limit_reached` also
 * when the files together are larger than allowed.
 */
export async function arrivedWhole(arrived: StoredCommit, maxBytes: number): Promise<boolean> {
  const { storeDir } = arrived
  const content = await contentOf(arrived)
  if (!content || (content.missing.length > 0 && !(await isPartial(storeDir)))) return false
  refuseLarge(content, maxBytes)
  await noteOmitted(storeDir, content.missing)
  return true
}

interface Content {
  store: ObjectStore
  present: string[]
  missing: string[]
}

/** Null when the commit is not there or the store is damaged. */
async function contentOf({ storeDir, commit, limits, signal }: StoredCommit): Promise<Content | null> {
  try {
    const store = new ObjectStore(storeDir)
    if (!store.has(commit) || !(await store.isSound())) return null
    const { tree } = readCommit(store, commit)
    const { entries } = await listTree({ store, tree, limits, breathe: breather(signal) })
    const all = [...new Set(entries.map(({ oid }) => oid))]
    const { present = [], missing = [] } = Object.groupBy(all, (oid) => (store.has(oid) ? 'present' : 'missing'))
    return { store, present, missing }
  } catch (error) {
    if (isDocsfyError(error) && (error.code === 'limit_reached' || error.code === 'aborted')) throw error
    return null
  }
}

/** A few megabytes of a pack can hold any number of files full of zeros. */
function refuseLarge({ store, present }: Content, maxBytes: number): void {
  let bytes = 0
  for (const oid of present) {
    bytes += store.sizeOf(oid)
    if (bytes > maxBytes) throw unpacksTooLarge(maxBytes)
  }
}

/**
 * A private store beside `storeDir` to fetch into. With `seeded` it starts with the packs of `storeDir`, so that only
 * what changed is sent. Answers null when there is nothing worth starting from.
 */
export async function privateStore(storeDir: string, seeded: boolean): Promise<string | null> {
  const packs = seeded ? await packFiles(storeDir) : []
  const latest = seeded ? await latestCommit(storeDir) : null
  if (seeded && (!latest || packs.length === 0 || packs.length > MAX_PACK_FILES)) return null
  const folder = temporaryName(storeDir)
  await mkdir(folder, { recursive: true })
  await init({ fs, dir: folder, bare: true })
  await setConfig({ fs, gitdir: folder, path: 'remote.origin.fetch', value: '+refs/heads/*:refs/remotes/origin/*' })
  for (const name of packs) await linkOrCopy(join(storeDir, PACKS, name), join(folder, PACKS, name))
  if (latest) await pointAt(folder, latest)
  return folder
}

/**
 * Makes what a private store fetched visible in `storeDir`. Other runs may be reading there, so a usable store only
 * grows; one that is missing, damaged or too scattered is replaced.
 */
export async function publish(
  folder: string,
  { storeDir, commit }: { storeDir: string; commit: string },
): Promise<void> {
  await pointAt(folder, commit)
  const omitted = omittedFiles(folder)
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (!(await isUsable(storeDir))) return await replace(folder, storeDir)
      await noteOmitted(storeDir, omitted)
      await addPacks(folder, storeDir)
      return await pointAt(storeDir, commit)
    } catch (error) {
      if (attempt === PUBLISH_ATTEMPTS) throw error
    }
  }
}

async function isUsable(storeDir: string): Promise<boolean> {
  const files = await packFiles(storeDir)
  if (files.length === 0 || files.length > MAX_PACK_FILES) return false
  try {
    return await new ObjectStore(storeDir).isSound()
  } catch {
    return false
  }
}

/** Packs before their indexes: a reader takes a pack for present once its index is. */
async function addPacks(from: string, to: string): Promise<void> {
  const present = new Set(await packFiles(to))
  const names = (await packFiles(from)).filter((name) => !present.has(name))
  for (const name of names.sort().reverse()) await rename(join(from, PACKS, name), join(to, PACKS, name))
  await syncFolder(join(to, PACKS))
}

async function replace(folder: string, storeDir: string): Promise<void> {
  const old = temporaryName(storeDir)
  await rename(storeDir, old).catch(ignoreMissing)
  await rename(folder, storeDir)
  await rm(old, { recursive: true, force: true })
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

/** Every commit here came without its history, which the file `shallow` says to Git. */
async function pointAt(folder: string, commit: string): Promise<void> {
  await atomicWrite(join(folder, 'shallow'), `${commit}\n`)
  await writeRef({ fs, gitdir: folder, ref: LATEST_REF, value: commit, force: true })
}

async function latestCommit(storeDir: string): Promise<string | null> {
  return resolveRef({ fs, gitdir: storeDir, ref: LATEST_REF }).catch(() => null)
}

async function packFiles(storeDir: string): Promise<string[]> {
  const names = await readdir(join(storeDir, PACKS)).catch(() => [])
  return names.filter((name) => /\.(pack|idx)$/.test(name))
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to))
}
