import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DocsfyError } from '#lib/errors.ts'

/** Exports under way by folder of the site: whoever asks for the same one waits for the same document. */
const underWay = new Map<string, Promise<Buffer>>()
let last: Promise<unknown> = Promise.resolve()

/**
 * The published site in `root` as one HTML document. One at a time, because each holds its whole document in memory and
 * reads every page. Throws `conflict` when a run has replaced the site meanwhile.
 */
export function siteAsOneFile(root: string): Promise<Buffer> {
  const known = underWay.get(root)
  if (known) return known
  const made = last
    .catch(() => undefined)
    .then(() => exported(root))
    .finally(() => underWay.delete(root))
  underWay.set(root, made)
  last = made
  return made
}

async function exported(root: string): Promise<Buffer> {
  // Loaded when somebody wants it: a parser of HTML, which no other answer needs.
  const [{ singleFile }, { siteReader }] = await Promise.all([
    import('#lib/site/single-file.ts'),
    import('#lib/site/site-reader.ts'),
  ])
  const text = await singleFile(siteReader(root)).catch(async (error) => {
    await needSite(root)
    throw error
  })
  await needSite(root)
  return Buffer.from(text)
}

async function needSite(root: string): Promise<void> {
  const isThere = await stat(join(root, 'index.html')).catch(() => null)
  if (!isThere) throw new DocsfyError('conflict', 'This documentation was made anew meanwhile: download it again')
}
