import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { createClient } from '@libsql/client'
import { TEMPORARY_PREFIX } from '#lib/atomic-write.ts'
import { isWholeMemory } from '#lib/update/memory-file.ts'
import type { Told } from './messages.ts'

export interface DataWorld {
  dataDir: string
  variantDir: string
  /** Text of each page of a whole run, by file name. */
  pages: Map<string, string>
}

/** What must not be after a recovery; each a list of sentences. */
export interface Faults {
  lost: string[]
  torn: string[]
  stale: string[]
  left: string[]
}

/** Compares database and disk with what was acknowledged and with a whole run. */
export async function findFaults(
  { dataDir, variantDir, pages }: DataWorld,
  acknowledged: readonly Told[],
): Promise<Faults> {
  const database = createClient({ url: `file:${join(dataDir, 'docsfy.db')}`, timeout: 5000 })
  const rows = async (sql: string) => (await database.execute(sql)).rows.map((row) => Object.values(row).map(String))
  const runs = new Set((await rows('SELECT id FROM runs')).map(([id]) => id))
  const events = new Set((await rows('SELECT run_id, seq, kind FROM run_events')).map((row) => row.join(' ')))
  const stale = await rows(
    "SELECT 'variant', id FROM variants WHERE status = 'generating' UNION ALL SELECT 'run', id FROM runs WHERE state IN ('waiting', 'running')",
  )
  const published = (await rows('SELECT site_run_id FROM variants WHERE site_run_id IS NOT NULL')).flat()
  database.close()
  return {
    lost: acknowledged.flatMap((told) => {
      if (told.kind === 'started') return runs.has(told.runId) ? [] : [`run ${told.runId}`]
      if (told.kind !== 'event' || events.has(`${told.runId} ${told.seq} ${told.event.kind}`)) return []
      return [`event ${told.seq} (${told.event.kind}) of run ${told.runId}`]
    }),
    torn: [...tornFiles(variantDir, pages), ...missingSites(variantDir, published)],
    stale: stale.map((row) => row.join(' ')),
    left: leftovers({ dataDir, variantDir, published }),
  }
}

function tornFiles(variantDir: string, pages: Map<string, string>): string[] {
  return filesBelow(variantDir).flatMap((path) => {
    if (dirname(path) !== variantDir && dirname(path) !== join(variantDir, 'pages')) return []
    const text = readFileSync(path, 'utf8')
    if (path.endsWith('.md')) return pages.get(basename(path)) === text ? [] : [path]
    return isJson(text) || isWholeMemory(text) ? [] : [path]
  })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function missingSites(variantDir: string, published: string[]): string[] {
  const there = new Set(filesBelow(join(variantDir, 'sites')))
  return published.map((runId) => join(variantDir, 'sites', runId, 'index.html')).filter((path) => !there.has(path))
}

/** Unfinished files and folders, sites nobody is shown, and folders no row leads to. */
function leftovers({ dataDir, variantDir, published }: { dataDir: string; variantDir: string; published: string[] }) {
  const unfinished = filesBelow(dataDir).filter((path) => path.slice(dataDir.length).includes(`/${TEMPORARY_PREFIX}`))
  const sites = entries(join(variantDir, 'sites')).filter((name) => !published.includes(name))
  const orphans = filesBelow(join(dataDir, 'projects')).filter((path) => !path.startsWith(`${variantDir}/`))
  return [...unfinished, ...sites.map((name) => `site of run ${name}`), ...orphans]
}

export function filesBelow(folder: string): string[] {
  const found = entriesBelow(folder)
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

function entriesBelow(folder: string) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
  } catch {
    return []
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
