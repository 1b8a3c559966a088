import type { AiEvent } from '#lib/domain/ai.ts'
import { codeOfText, failure } from './failures.ts'
import { count, modelOption, object, type ProgramAdapter, text, usedTool } from './program-adapter.ts'

/**
 * What a model could do beside writing, by the names of `codex features list` (0.169). A name another version does not know
 * is passed over by it; `shell_tool` alone has to be known, or nothing is asked.
 */
const OFF = [
  'unified_exec',
  'view_image',
  'browser_use',
  'in_app_browser',
  'computer_use',
  'image_generation',
  'apps',
  'plugins',
  'multi_agent',
  'goals',
  'hooks',
]

const TOOLS = new Set(['command_execution', 'mcp_tool_call', 'file_change', 'web_search', 'tool_call'])

/**
 * OpenAI Codex, `codex exec --json -` (developers.openai.com/codex/noninteractive). The read-only sandbox forbids writing, not
 * reading (`~/.codex/auth.json` would be open to a command), so the tools are off, and an answer that uses one is refused.
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
    '--disable=shell_tool',
    ...OFF.flatMap((feature) => ['-c', `features.${feature}=false`]),
    '-c',
    'web_search="disabled"',
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
  isSilent: true,
  reader() {
    let answer = ''
    let lastError = ''
    return (line): AiEvent[] => {
      if (line.type === 'thread.started') return [{ kind: 'start' }]
      // Also told while it tries again by itself: only the end of the turn decides.
      if (line.type === 'error') lastError = text(line.message)
      const item = object(line.item)
      if (TOOLS.has(text(item.type))) return [usedTool(text(item.type))]
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
