import type { DocumentFact, FileFact } from '#lib/domain/facts.ts'
import type { ParsedFile } from './parse/parsed-file.ts'

/** What was read file by file, before anything is put together. */
export interface Collected {
  files: FileFact[]
  parsed: Map<string, ParsedFile>
  documents: DocumentFact[]
  /** Manifests, build files, licences: texts that several readers need, by path. */
  texts: Map<string, string>
  limits: string[]
}
