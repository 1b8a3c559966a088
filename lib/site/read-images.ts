import type { WrittenPage } from '#lib/domain/page.ts'
import type { Rendered } from '#lib/domain/rendered.ts'
import { shownImages } from '#lib/domain/shown-images.ts'
import type { SiteImage } from '#lib/domain/site.ts'
import type { Snapshot } from '#lib/domain/snapshot.ts'
import { throwIfAborted } from '#lib/errors.ts'
import { imageHeader } from '#lib/site/image-header.ts'
import { svgSize } from '#lib/site/svg-picture.ts'

export const MAX_IMAGE_BYTES = 1024 * 1024
const MAX_IMAGES_BYTES = 20 * 1024 * 1024
const NAMED_IN_NOTICE = 5

type Known = NonNullable<Rendered['images']>

interface ReadImages {
  pages: Pick<WrittenPage, 'markdown'>[]
  snapshot: Pick<Snapshot, 'entries' | 'readBlob'>
  /** Pictures of the earlier site by Git id: they are not read again. */
  known?: Known | undefined
  signal: AbortSignal
}

export interface Images {
  /** By path in the repository; null: not one that is shown. */
  images: Map<string, SiteImage | null>
  /** Sentences about those that a limit keeps out. */
  notices: string[]
}

/**
 * The pictures of the commit that pages show. A file is a picture by its first bytes, a drawing when all of it is known
 * to be harmless, whatever its name; what is neither stays a link. Those beyond a limit stay links, too, and a notice names them.
 */
export async function readImages({ pages, snapshot, known = {}, signal }: ReadImages): Promise<Images> {
  const shown = new Set(pages.flatMap(({ markdown }) => [...shownImages(markdown)]))
  const entries = shown.size === 0 ? [] : snapshot.entries.filter(({ path }) => shown.has(path))
  const images = new Map<string, SiteImage | null>()
  const counted = new Set<string>()
  const [tooLarge, tooMany]: [string[], string[]] = [[], []]
  let total = 0
  for (const { path, oid } of entries) {
    throwIfAborted(signal)
    const image = knownImage(oid, known) ?? (await readImage(oid, snapshot))
    images.set(path, null)
    if (image === 'too large') tooLarge.push(path)
    if (image === null || image === 'too large') continue
    const bytes = counted.has(oid) ? 0 : image.bytes
    if (total + bytes > MAX_IMAGES_BYTES) tooMany.push(path)
    else {
      total += bytes
      counted.add(oid)
      images.set(path, image)
    }
  }
  const large = notice(tooLarge, 'larger than 1 MB')
  const many = notice(tooMany, 'beyond the 20 MB that the pictures of one site may have')
  return { images, notices: [...large, ...many] }
}

function knownImage(oid: string, known: Known): SiteImage | null {
  const image = Object.hasOwn(known, oid) ? known[oid] : undefined
  return image ? { ...image, oid, content: null } : null
}

async function readImage(
  oid: string,
  { readBlob }: Pick<Snapshot, 'readBlob'>,
): Promise<SiteImage | 'too large' | null> {
  const content = await readBlob(oid)
  if (!content || content.length > MAX_IMAGE_BYTES) return 'too large'
  const picture = imageHeader(content) ?? drawing(content)
  if (!picture) return null
  const { type, width, height } = picture
  const file = `assets/image-${oid.slice(0, 20)}.${type}`
  return { oid, file, width, height, bytes: content.length, content }
}

function drawing(content: Uint8Array) {
  const size = svgSize(content)
  return size && { type: 'svg', ...size }
}

function notice(paths: string[], why: string): string[] {
  if (paths.length === 0) return []
  const more = paths.length > NAMED_IN_NOTICE ? ` and ${paths.length - NAMED_IN_NOTICE} more` : ''
  const [count, verb] = paths.length === 1 ? ['1 picture', 'is'] : [`${paths.length} pictures`, 'are']
  return [
    `${count} ${verb} ${why} and ${verb} linked instead of shown: ${paths.slice(0, NAMED_IN_NOTICE).join(', ')}${more}`,
  ]
}
