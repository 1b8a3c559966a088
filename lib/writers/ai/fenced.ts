import { createHash } from 'node:crypto'
import { maskedSecrets } from '#lib/writers/builtin/masked-secrets.ts'

/** Text that comes from a repository, from programs or from a model, with a title that may come from there too. */
export interface Material {
  title: string
  text: string
}

/**
 * Material between marks that it cannot end: the mark is a hash of all of it, so that no text can hold its own. Secrets are
 * masked.
 */
export function fenced(material: readonly Material[]): string[] {
  const all = material.map(({ title, text }) => ({ title: folded(maskedSecrets(title)), text: maskedSecrets(text) }))
  const mark = createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16)
  return all.map(({ title, text }) => `<<<data ${mark} ${title}\n${text}\ndata ${mark}>>>`)
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ')
}
