import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FaultId } from './faults.ts'
import type { ToolName } from './tool.ts'

export const TOOL_OF = { claude: 'claude', gemini: 'gemini', cursor: 'cursor-agent', codex: 'codex' } as const
export type ToolProvider = keyof typeof TOOL_OF

export interface Tools {
  /** Folder of the programs, for PATH. */
  folder: string
  wasAsked(provider: ToolProvider, fault: FaultId): boolean
  remove(): void
}

/** Puts programs with the names of the vendors' tools into a folder of their own. */
export function installTools(): Tools {
  const root = mkdtempSync(join(tmpdir(), 'docsfy-tools-'))
  const [folder, state] = [join(root, 'bin'), join(root, 'state')]
  for (const made of [folder, state]) mkdirSync(made)
  for (const name of Object.values(TOOL_OF)) {
    const path = join(folder, name)
    writeFileSync(path, programOf(name, state))
    chmodSync(path, 0o755)
  }
  return {
    folder,
    wasAsked: (provider, fault) => existsSync(join(state, `${TOOL_OF[provider]}-${fault}`)),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

function programOf(name: ToolName, state: string): string {
  const module = JSON.stringify(join(import.meta.dirname, 'tool.ts'))
  return `#!${process.execPath}
import(${module}).then(({ play }) => play(${JSON.stringify(name)}, ${JSON.stringify(state)}))
`
}
