import { randomBytes } from 'node:crypto'

/** Secrets that occur nowhere by chance. */
export type Canaries = Record<string, string>

export function newCanary(): string {
  return `canary${randomBytes(18).toString('hex')}`
}

/** Ways a secret may be written: as it is, in addresses, in headers with its user, as bytes. */
function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  // Base64 of a longer text holds the same letters at one of three offsets; the ends depend on what stands beside.
  const inBase64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(offset === 0 ? 0 : 4, -4),
  )
  return [secret, encodeURIComponent(secret), bytes.toString('hex'), ...inBase64, [...secret].reverse().join('')]
}

/** Names of the secrets that stand in a text, in any spelling. */
export function secretsIn(text: string | Buffer, canaries: Canaries): string[] {
  const content = typeof text === 'string' ? text : text.toString('latin1')
  return Object.entries(canaries).flatMap(([name, secret]) =>
    spellingsOf(secret).some((spelling) => content.includes(spelling)) ? [name] : [],
  )
}
