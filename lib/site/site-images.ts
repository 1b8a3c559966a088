import type { Rendered } from '#lib/domain/rendered.ts'
import { KEPT, type SiteFiles, type SiteInput } from '#lib/domain/site.ts'

/** Adds the pictures of the repository to a site; returns what the next site needs to know of them. */
export function addImages(images: NonNullable<SiteInput['images']>, files: SiteFiles): NonNullable<Rendered['images']> {
  const known: NonNullable<Rendered['images']> = {}
  for (const image of images.values()) {
    if (!image) continue
    const { oid, file, width, height, bytes, content } = image
    files.set(file, content ?? KEPT)
    known[oid] = { file, width, height, bytes }
  }
  return known
}
