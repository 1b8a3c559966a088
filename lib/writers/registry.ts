import { AVAILABLE_MODELS, PROVIDERS, type Provider } from '#lib/domain/providers.ts'
import type { Writer } from '#lib/domain/writer.ts'
import { DocsfyError } from '#lib/errors.ts'
import { builtinWriter } from '#lib/writers/builtin/builtin-writer.ts'

const WRITERS = { builtin: () => builtinWriter } satisfies Record<Provider, (model: string) => Writer>

/** The writer of a provider and model. Throws a DocsfyError `invalid_input` that names the known ones. */
export function writerFor({ provider, model }: { provider: string; model: string }): Writer {
  const known = PROVIDERS.find((one) => one === provider)
  if (!known) {
    throw new DocsfyError('invalid_input', `There is no provider "${provider}"; use ${quotedList([...PROVIDERS])}`)
  }
  const models = AVAILABLE_MODELS[known].map(({ id }) => id)
  if (!models.some((id) => id === model)) {
    throw new DocsfyError('invalid_input', `Provider "${provider}" has no model "${model}"; use ${quotedList(models)}`)
  }
  return WRITERS[known]()
}

function quotedList(names: string[]): string {
  return names.map((name) => `"${name}"`).join(' or ')
}
