import type { Token, Tokens } from 'marked'
import { imagePath } from '#lib/domain/shown-images.ts'
import type { SiteImage } from '#lib/domain/site.ts'
import { decodeEntities, type Html, html } from '#lib/site/html.ts'
import { forgeHref, type LinkMap } from '#lib/site/links.ts'
import { inlineText } from '#lib/site/markdown-text.ts'
import { outsideAddress } from '#lib/site/safe-address.ts'
import { urlFrom } from '#lib/site/site-paths.ts'

/** The picture of the repository that an image names; null for one that stays a link. */
export function shownImage(href: string, { images }: LinkMap): SiteImage | null {
  const path = imagePath(href)
  return path === null ? null : (images?.get(path) ?? null)
}

/** A paragraph of nothing but pictures: each is a figure, with its title below it. Null for any other paragraph. */
export function picturesAlone(tokens: Token[], map: LinkMap): Html | null {
  const rest = tokens.filter(({ type, raw }) => type !== 'br' && raw.trim() !== '')
  const figures: Html[] = []
  for (const token of rest) {
    const image = token.type === 'image' ? shownImage((token as Tokens.Image).href, map) : null
    if (!image) return null
    figures.push(figure(token as Tokens.Image, image))
  }
  return figures.length > 0 ? html`${figures}` : null
}

function figure(token: Tokens.Image, image: SiteImage): Html {
  const caption = token.title ? html`<figcaption>${decodeEntities(token.title)}</figcaption>` : null
  return html`<figure class="picture">${picture(token, { image, isInLink: false })}${caption}</figure>
`
}

/** A picture in its own size, or as wide as there is room. A link to its file, which the viewer takes over. */
export function picture(token: Tokens.Image, { image, isInLink }: { image: SiteImage; isInLink: boolean }): Html {
  const { file, width, height } = image
  const alt = inlineText(token.tokens).trim()
  const address = urlFrom(0, file)
  const shown = html`<img class="shot" src="${address}" width="${width}" height="${height}" alt="${alt}" loading="lazy" decoding="async">`
  if (isInLink) return shown
  const label = alt === '' ? html` aria-label="Picture in full size"` : null
  return html`<a class="picture-open" href="${address}"${label}>${shown}</a>`
}

/** An image that is not part of the site, as a link to where it is; as its name where that is unknown or a link around it. */
export function imageLink(token: Tokens.Image, { map, isInLink }: { map: LinkMap; isInLink: boolean }): Html {
  const alt = inlineText(token.tokens).trim() || 'image'
  const path = imagePath(token.href)
  const isThere = path !== null && map.images?.has(path) === true
  const address = outsideAddress(token.href) ?? (isThere ? forgeHref(path, map.forgeBase) : null)
  if (isInLink) return html`Image: ${alt}`
  if (!address) return html`<span class="image-gone">Image: ${alt}</span>`
  return html`<a class="outside" rel="noreferrer" href="${address}">Image: ${alt}</a>`
}
