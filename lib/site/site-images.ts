import type { Rendered } from '#lib/domain/rendered.ts'
import { KEPT, type PutFile, type SiteInput } from '#lib/domain/site.ts'

/** Adds the pictures of the repository to a site; returns what the next site needs to know of them. */
export async function addImages(
  images: NonNullable<SiteInput['images']>,
  put: PutFile,
): Promise<NonNullable<Rendered['images']>> {
  const known: NonNullable<Rendered['images']> = {}
  for (const image of images.values()) {
    if (!image) continue
    const { oid, file, width, height, bytes, content } = image
    await put(file, content ?? KEPT)
    known[oid] = { file, width, height, bytes }
  }
  return known
}
