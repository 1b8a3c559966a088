import { DocsfyError } from '#lib/errors.ts'

/** Where a site will be read, ending in `/`. Throws a DocsfyError for anything but an http(s) address of a folder. */
export function siteAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username && !url.password
  if (!isPlain)
    throw new DocsfyError(
      'invalid_input',
      `The address of the site must be one like https://docs.example.org/project/, without query or password: ${JSON.stringify(text.slice(0, 200))}`,
    )
  return url.href.endsWith('/') ? url.href : `${url.href}/`
}
