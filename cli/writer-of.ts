import { config } from '#lib/config.ts'
import { chooseWriter, type WriterNames } from '#lib/domain/providers.ts'
import { DocsfyError } from '#lib/errors.ts'

/** Who writes, from `--provider` and `--model`, by the rule of the server. Throws `invalid_input`. */
export function writerOf({ provider, model }: Partial<WriterNames>): WriterNames {
  const { aiProvider, aiModel } = config()
  const chosen = chooseWriter({ provider, model }, { provider: aiProvider, model: aiModel })
  if (chosen.ok) return { provider: chosen.provider, model: chosen.model }
  throw new DocsfyError('invalid_input', chosen.problem)
}
