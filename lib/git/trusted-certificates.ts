import { readFile } from 'node:fs/promises'
import { getCACertificates } from 'node:tls'
import { DocsfyError } from '#lib/errors.ts'

/**
 * The certificates, as PEM, that a server's own must lead to: those Node trusts and those in `caFile`. Both engines trust
 * the same ones. Throws `unavailable` for a file that cannot be read or holds none.
 */
export async function trustedCertificates(caFile: string | null): Promise<string[]> {
  const known = getCACertificates('default')
  if (caFile === null) return known
  const text = await readFile(caFile, 'utf8').catch((cause) => {
    throw new DocsfyError('unavailable', `The file ${caFile} of GIT_CA_FILE cannot be read`, { cause })
  })
  const own = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  if (!own) throw new DocsfyError('unavailable', `The file ${caFile} of GIT_CA_FILE holds no certificate in PEM form`)
  return [...known, ...own]
}
