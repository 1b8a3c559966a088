import { DocsfyError } from '#lib/errors.ts'
import { builtinEngine } from './builtin-engine.ts'
import type { Engine, EngineOptions } from './engine.ts'

/** The engine that fits an address, the settings and what is installed. Throws `refused_address`. */
export async function engineFor(options: EngineOptions): Promise<Engine> {
  if (options.url.startsWith('ssh:'))
    throw new DocsfyError('refused_address', 'Addresses over ssh are not supported yet: use the https address')
  return builtinEngine(options)
}
