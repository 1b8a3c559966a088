import { hash } from 'node:crypto'
import { KEPT } from '#lib/domain/site.ts'

const NAME_CHARS = 10

/** By path in the site. */
export type MadeSearchFiles = Map<string, string | typeof KEPT>

/** Files of a search index but the first: each is named by its content, which a digest tells apart from every other. */
export class SearchFiles {
  private files: MadeSearchFiles = new Map()
  private readonly digests = new Map<string, string>()

  /** Adds a file; it has the same name wherever it is made, but for the few whose name is taken. */
  add(content: unknown): { name: string; digest: string } {
    const json = JSON.stringify(content)
    const digest = hash('sha256', `0${json}`)
    for (let round = 0; ; round += 1) {
      const name = nameOf(round === 0 ? digest : hash('sha256', `${round}${json}`))
      const known = this.digests.get(name) ?? digest
      if (known !== digest) continue
      if (!this.digests.has(name)) this.files.set(pathOf(name), searchScript(name, json))
      this.digests.set(name, digest)
      return { name, digest }
    }
  }

  /** Those made since it was last asked for. */
  take(): MadeSearchFiles {
    const { files } = this
    this.files = new Map()
    return files
  }

  /** Takes over the file of the earlier site that `add` gave this digest; null when its name was, or is, not the usual one. */
  keep(digest: string, earlierName: string): string | null {
    const name = nameOf(digest)
    if (name !== earlierName || (this.digests.get(name) ?? digest) !== digest) return null
    if (!this.digests.has(name)) this.files.set(pathOf(name), KEPT)
    this.digests.set(name, digest)
    return name
  }
}

/** A file of the index: scripts load from disk, where nothing else does. `json` is what it holds. */
export function searchScript(name: string, json: string): string {
  return `docsfySearch("${name}",${json})\n`
}

function nameOf(digest: string): string {
  return digest.slice(0, NAME_CHARS)
}

function pathOf(name: string): string {
  return `search/${name}.js`
}
