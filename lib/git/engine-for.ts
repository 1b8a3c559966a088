import type { SshRules } from '#lib/domain/job.ts'
import { DocsfyError } from '#lib/errors.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { httpEngine } from './http-engine.ts'
import { sshEngine } from './ssh-engine.ts'
import { installedGit, isAtLeast } from './system-git.ts'

/** The engine that fits an address and the settings. Throws `refused_address`, `unavailable`. */
export async function engineFor(options: EngineOptions): Promise<Engine> {
  if (!options.url.startsWith('ssh:')) return httpEngine(options)
  return sshEngine(options, await sshRules(options.network.ssh ?? null))
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
