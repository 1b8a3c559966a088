import type { GitEngine, SshRules } from '#lib/domain/job.ts'
import { DocsfyError } from '#lib/errors.ts'
import { builtinEngine } from './builtin-engine.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { sshEngine } from './ssh-engine.ts'
import { systemEngine } from './system-engine.ts'
import { type GitVersion, installedGit, isAtLeast } from './system-git.ts'

/** The engine that fits an address, the settings and what is installed. Throws `refused_address`, `unavailable`. */
export async function engineFor(options: EngineOptions): Promise<Engine> {
  const { engine = 'auto', ssh } = options.network
  if (options.url.startsWith('ssh:')) return sshEngine(options, await sshRules(ssh ?? null))
  const version = engine === 'builtin' ? null : await installedGit()
  return chooseEngine(engine, version) === 'system' ? systemEngine(options) : builtinEngine(options)
}

/**
 * `auto` takes the git program where it is new enough: it is faster and needs less memory (see the bench). Before 2.37
 * git cannot be told which address to dial, so that the checked one might not be the dialled one.
 */
export function chooseEngine(wanted: GitEngine, version: GitVersion | null): 'builtin' | 'system' {
  const fits = isAtLeast(version, 2, 37)
  if (wanted !== 'system') return wanted === 'auto' && fits ? 'system' : 'builtin'
  if (fits) return 'system'
  const found = version ? `git ${version.major}.${version.minor} is installed` : 'git is not installed'
  throw new DocsfyError(
    'unavailable',
    `GIT_ENGINE is "system", but ${found} on this server: install git 2.37 or newer, or set GIT_ENGINE to "auto"`,
  )
}

async function sshRules(rules: SshRules | null): Promise<SshRules> {
  if (!rules)
    throw new DocsfyError(
      'refused_address',
      'Addresses over ssh are not fetched by this server: use the https address, or ask an administrator (ALLOW_SSH)',
    )
  if (isAtLeast(await installedGit(), 2, 30)) return rules
  throw new DocsfyError('unavailable', 'Addresses over ssh need git 2.30 or newer on the server: use the https address')
}
