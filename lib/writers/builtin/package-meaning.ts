import type { Facts } from '#lib/domain/facts.ts'
import { oneLine } from './markdown.ts'
import type { Package } from './packages.ts'
import { introductionIn } from './readme.ts'
import { firstSentence } from './wording.ts'

/** What a package is, plain text: its manifest says it, else its README begins with it; empty when neither does. */
export function packageMeaning(facts: Facts, { dir, manifest }: Pick<Package, 'dir' | 'manifest'>): string {
  if (manifest.description || dir === '.') return firstSentence(oneLine(manifest.description ?? ''))
  const [lead] = introductionIn(facts, dir)
  const plain = (lead?.markdown.split('\n\n')[0] ?? '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\\(?=[^\w\s])|[`*]/g, '')
  const name = shortName(manifest.name ?? '').toLowerCase()
  const isAboutIt = /^(?:this|an?|the)\s/i.test(plain) || (name !== '' && plain.toLowerCase().startsWith(`${name} `))
  return isAboutIt ? firstSentence(oneLine(plain)) : ''
}

/** The name without what all packages of a registry have before it: `gson` of `com.google.code.gson:gson`. */
export function shortName(name: string): string {
  return name.split(':').at(-1) || name
}
