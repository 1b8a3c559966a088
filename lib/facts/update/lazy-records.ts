import type { FileFact } from '#lib/domain/facts.ts'
import type { RecordCache } from '#lib/facts/cache/record-cache.ts'
import type { Declared } from '#lib/facts/git-attributes.ts'
import type { ParsedFile } from '#lib/facts/parse/parsed-file.ts'
import type { FileRecord } from '#lib/facts/read-record.ts'

/** Thrown where a record that was kept is gone: then every file is read again. */
export class RecordGone extends Error {}

interface Sources {
  cache: RecordCache
  files: FileFact[]
  declared: (path: string) => Declared | null
  /** Records that were read anew. */
  fresh: ReadonlyMap<string, FileRecord>
}

/** Records of the files of a commit, taken from the cache as they are asked for. */
export class LazyRecords {
  private readonly sources: Sources
  private readonly facts: Map<string, FileFact>
  private readonly taken = new Map<string, FileRecord>()

  constructor(sources: Sources) {
    this.sources = sources
    this.facts = new Map(sources.files.map((fact) => [fact.path, fact]))
  }

  /** What the code of a file says; undefined when there is no such file, or it is not parsed. Throws `RecordGone`. */
  get(path: string): ParsedFile | undefined {
    const fact = this.facts.get(path)
    return fact ? (this.record(fact).parsed ?? undefined) : undefined
  }

  /** The kept text of a file; null when it has none. Throws `RecordGone`. */
  text(path: string): string | null {
    const fact = this.facts.get(path)
    return fact ? this.record(fact).text : null
  }

  private record(fact: FileFact): FileRecord {
    const known = this.sources.fresh.get(fact.path) ?? this.taken.get(fact.path)
    if (known) return known
    const record = takeRecord(fact, this.sources)
    this.taken.set(fact.path, record)
    return record
  }
}

/** The kept record of a file. Throws `RecordGone`. */
export function takeRecord(
  { path, oid }: FileFact,
  { cache, declared }: Pick<Sources, 'cache' | 'declared'>,
): FileRecord {
  const record = cache.take({ path, oid, declared: declared(path) })
  if (!record) throw new RecordGone(path)
  return record
}
