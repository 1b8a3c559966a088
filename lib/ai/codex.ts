import type { AiEvent } from '#lib/domain/ai.ts'
import { codeOfText, failure } from './failures.ts'
import { count, modelOption, object, type ProgramAdapter, text } from './program-adapter.ts'

/**
 * OpenAI Codex, `codex exec --json -` (developers.openai.com/codex/noninteractive). Nothing of the user's configuration and rules is
 * read, no session is kept, and commands a model might run could only read an empty folder.
 */
export const codex: ProgramAdapter = {
  name: 'Codex',
  commands: ['codex'],
  signIn: 'run "codex login", or set CODEX_API_KEY',
  keys: ['CODEX_API_KEY'],
  status: ['login', 'status'],
  args: ({ model, emptyDir, access }) => [
    'exec',
    '--json',
    '--sandbox=read-only',
    '--skip-git-repo-check',
    '--ephemeral',
    '--ignore-user-config',
    '--ignore-rules',
    ...modelOption(model),
    `--cd=${emptyDir}`,
    ...(access.OPENAI_BASE_URL ? ['-c', `openai_base_url=${JSON.stringify(access.OPENAI_BASE_URL)}`] : []),
    '-',
  ],
  stdin: ({ system, prompt }) => `${system}\n\n${prompt}`,
  reader() {
    let answer = ''
    let lastError = ''
    return (line): AiEvent[] => {
      if (line.type === 'thread.started') return [{ kind: 'start' }]
      // Also told while it tries again by itself: only the end of the turn decides.
      if (line.type === 'error') lastError = text(line.message)
      const item = object(line.item)
      if (line.type === 'item.completed' && item.type === 'agent_message') {
        answer = text(item.text)
        return [{ kind: 'delta', text: answer }]
      }
      if (line.type === 'turn.completed')
        return [
          { kind: 'usage', usage: usageOf(object(line.usage)) },
          { kind: 'done', text: answer },
        ]
      if (line.type !== 'turn.failed') return []
      const said = text(object(line.error).message) || lastError
      return [failure(codeOfText(said), said)]
    }
  },
}

function usageOf(usage: Record<string, unknown>) {
  return {
    inputTokens: count(usage.input_tokens),
    outputTokens: count(usage.output_tokens),
    cachedTokens: count(usage.cached_input_tokens),
    costUsd: null,
  }
}
