import type { CommandMount, EnvironmentRead, RawCommand, RawFlag } from '#lib/facts/parse/parsed-file.ts'

/** What a file says about the commands of a program. */
export interface CommandLine {
  flags: RawFlag[]
  commands: RawCommand[]
  /** Which of them hang below which, where another file may make them. */
  commandMounts?: CommandMount[]
  /** Variables that can stand for a flag. */
  variables: EnvironmentRead[]
}
