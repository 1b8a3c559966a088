import type { Command } from 'commander'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { oneLine, printResult } from '#cli/output.ts'
import { connect, serverCommand } from '#cli/server-command.ts'
import type { ModelsResponse } from '#lib/domain/responses.ts'
import { DocsfyError } from '#lib/errors.ts'

interface ModelsFlags {
  provider?: string
  json?: boolean
  refresh?: boolean
}

/** `docsfy models`: who can write on a server. */
export function modelsCommand(): Command {
  const command = serverCommand('models')
    .description('List the providers and models of a server')
    .option('-P, --provider <ID>', 'only this provider')
    .option('--refresh', 'let the server ask every provider again (admins)')
    .option('-j, --json', 'print one JSON object')
    .action(models)
  return withHelp(command, { examples: ['docsfy models', 'docsfy models --provider builtin --json'], json: ['models'] })
}

async function models({ provider, json, refresh }: ModelsFlags, command: Command): Promise<void> {
  const { api } = await connect(command, { needsKey: refresh ?? false })
  const answer = only(await (refresh ? api.refreshModels() : api.models()), provider)
  if (json) printJson('models', answer)
  else printResult(answer.providers.map((id) => block(id, answer)).join('\n\n'))
}

function only(answer: ModelsResponse, provider: string | undefined): ModelsResponse {
  if (provider === undefined) return answer
  if (!answer.providers.includes(provider))
    throw new DocsfyError('not_found', `Unknown provider "${provider}": the server has ${answer.providers.join(', ')}`)
  const { provider_status, available_models } = answer
  return {
    ...answer,
    providers: [provider],
    available_models: { [provider]: available_models[provider] ?? [] },
    provider_status: provider_status?.[provider] && { [provider]: provider_status[provider] },
  }
}

function block(provider: string, answer: ModelsResponse): string {
  const isDefault = provider === answer.default_provider
  const models = answer.available_models[provider] ?? []
  const status = answer.provider_status?.[provider]
  return [
    `Provider: ${oneLine(provider)}${isDefault ? ' (default)' : ''}`,
    ...(status?.ready === false ? [`  (cannot write now: ${oneLine(status.reason ?? 'not configured')})`] : []),
    ...models.map(({ id }) => `  ${oneLine(id)}${isDefault && id === answer.default_model ? '  (default)' : ''}`),
    ...(models.length === 0 ? ['  (no models available)'] : []),
  ].join('\n')
}
