import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aiProgramEnvironment } from '#lib/config.ts'
import type { Access } from './base-urls.ts'
import { findProgram } from './find-program.ts'
import { startProgram } from './program.ts'
import { missingProgram, type ProgramAdapter } from './program-adapter.ts'

const STATUS_MS = 10_000

/** Why a command-line tool cannot write here, and what to do; null when it can. Costs no tokens. */
export async function programState(
  adapter: ProgramAdapter,
  access: Access,
  signal: AbortSignal,
): Promise<string | null> {
  const path = findProgram(adapter.commands)
  if (!path) return missingProgram(adapter)
  if (adapter.keys.some((name) => access[name])) return null
  const signedIn = adapter.status
    ? await succeeds(path, adapter.status, { access, signal })
    : hasFile(adapter.loginFiles)
  return signedIn ? null : `${adapter.name} is not signed in: ${adapter.signIn}`
}

function hasFile(names: readonly string[] = []): boolean {
  const { HOME } = aiProgramEnvironment()
  return HOME !== undefined && names.some((name) => existsSync(join(HOME, name)))
}

interface Asking {
  access: Access
  signal: AbortSignal
}

async function succeeds(path: string, args: readonly string[], { access, signal }: Asking): Promise<boolean> {
  const cwd = await mkdtemp(join(tmpdir(), 'docsfy-ai-'))
  try {
    const program = startProgram({ path, args: [...args], env: access, cwd, stdin: '' })
    signal.addEventListener('abort', program.kill, { once: true })
    if (signal.aborted) program.kill()
    const code = await program.exitWithin(STATUS_MS)
    signal.removeEventListener('abort', program.kill)
    return code === 0
  } finally {
    await rm(cwd, { recursive: true, force: true })
  }
}
