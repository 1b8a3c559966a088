import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { programEnvironment } from '#lib/config.ts'

/** Absolute path of the first of these programs that a run can start; null when none is installed. */
export function findProgram(names: readonly string[]): string | null {
  const folders = (programEnvironment().PATH ?? '').split(delimiter).filter((folder) => folder.startsWith('/'))
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return candidates.find(isProgram) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
