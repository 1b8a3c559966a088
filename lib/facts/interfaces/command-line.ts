import type { CommandFact } from '#lib/domain/facts.ts'
import type { EnvironmentRead, RawFlag } from '#lib/facts/parse/parsed-file.ts'

/** What a file says about the commands of a program. */
export interface CommandLine {
  flags: RawFlag[]
  commands: CommandFact[]
  /** Variables that can stand for a flag. */
  variables: EnvironmentRead[]
}
