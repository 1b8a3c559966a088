import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import type { StoredVariant } from '#db/queries/variants.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { config } from '#lib/config.ts'
import type { DownloadFormat } from '#lib/domain/downloads.ts'
import { variantFolder } from '#lib/domain/folders.ts'
import { DocsfyError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { findProject, findVariant, type ProjectQuery, type VariantQuery } from '#lib/services/variants/find.ts'
import { newestPublished } from '#lib/services/variants/newest-published.ts'
import { siteAsOneFile } from '#lib/services/variants/one-file.ts'
import { siteFolder } from '#lib/variant-folder.ts'

export interface Download {
  fileName: string
  /** Media type. */
  type: 'application/gzip' | 'text/html; charset=utf-8'
  content: Readable
}

interface Wanted {
  format?: DownloadFormat
}

/** The published site of a variant: a gzip-compressed tar with one top folder, or one HTML document. */
export async function downloadVariant(caller: Principal, { format, ...query }: VariantQuery & Wanted) {
  return downloadOf(await findVariant(caller, query), format)
}

/** The newest published site of a project in the same way. */
export async function downloadProject(caller: Principal, { format, ...query }: ProjectQuery & Wanted) {
  const variants = await findProject(caller, query)
  if (variants.every((variant) => variant.siteRunId === null)) throw notReady(query.name)
  return downloadOf(newestPublished(variants), format)
}

function notReady(name: string): DocsfyError {
  return new DocsfyError('bad_request', `The documentation of "${name}" is not ready yet`)
}

async function downloadOf(variant: StoredVariant, format: DownloadFormat = 'archive'): Promise<Download> {
  if (variant.siteRunId === null) throw notReady(variant.name)
  const root = siteFolder(variantFolder(config().dataDir, variant), variant.siteRunId)
  const { name, branch, provider, model } = variant
  const top = `${[name, branch, provider, model].map((part) => part.replace(/[^A-Za-z0-9._-]+/g, '-')).join('-')}-docs`
  if (format === 'archive')
    return { fileName: `${top}.tar.gz`, type: 'application/gzip', content: archiveOf(variant, { root, top }) }
  const document = await siteAsOneFile(root)
  return { fileName: `${top}.html`, type: 'text/html; charset=utf-8', content: Readable.from([document]) }
}

function archiveOf(variant: StoredVariant, { root, top }: { root: string; top: string }): Readable {
  const { name, branch } = variant
  const tar = pack()
  const gzip = createGzip()
  const mtime = new Date(variant.lastGenerated ?? variant.updatedAt)
  addFolder({ root, top, mtime, tar }, '')
    .then(() => tar.finalize())
    .catch((error) => {
      if (!gzip.destroyed) log.warn('a download could not be read to its end', { name, branch, error })
      tar.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  // Ends early when the reader goes away, which is no failure, or with the error above.
  pipeline(tar, gzip).catch(() => undefined)
  return gzip
}

interface Packing {
  root: string
  top: string
  mtime: Date
  tar: ReturnType<typeof pack>
}

async function addFolder(packing: Packing, folder: string): Promise<void> {
  const entries = await readdir(join(packing.root, folder), { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder ? `${folder}/${entry.name}` : entry.name
    if (entry.isDirectory()) await addFolder(packing, path)
    else if (entry.isFile()) await addFile(packing, path)
  }
}

async function addFile({ root, top, mtime, tar }: Packing, path: string): Promise<void> {
  const source = join(root, path)
  const { size } = await stat(source)
  // First the entry: it throws when the reader has gone away, and then no file may be left open.
  const entry = tar.entry({ name: `${top}/${path}`, size, mtime, mode: 0o644 })
  await pipeline(createReadStream(source), entry)
}
