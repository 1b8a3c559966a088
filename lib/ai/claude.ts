import type { AiEvent, AiUsage } from '#lib/domain/ai.ts'
import { codeOfText, failure } from './failures.ts'
import {
  amount,
  count,
  type JsonObject,
  modelOption,
  object,
  type ProgramAdapter,
  spoken,
  text,
} from './program-adapter.ts'

const SIGN_IN = 'run "claude" once and sign in, or set ANTHROPIC_API_KEY or CLAUDE_CODE_OAUTH_TOKEN'
/** The first refusals may only mean that a sign-in has to be renewed, which it does by itself; it goes on for minutes. */
const REFUSALS = 3

/**
 * Claude Code, `claude -p` with `stream-json` (code.claude.com/docs/en/headless). Tools, MCP servers, settings and session
 * files are off; partial messages are a sign of life only. `--bare` also skips hooks and memory, but takes an API key only, so
 * it is used when there is one.
 */
export const claude: ProgramAdapter = {
  name: 'Claude Code',
  commands: ['claude'],
  signIn: SIGN_IN,
  keys: ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_OAUTH_TOKEN'],
  status: ['auth', 'status'],
  args: ({ model, system, access }) => [
    '-p',
    '--output-format=stream-json',
    '--verbose',
    '--include-partial-messages',
    ...modelOption(model),
    '--tools=',
    '--strict-mcp-config',
    '--setting-sources=',
    '--permission-mode=default',
    '--no-session-persistence',
    '--max-turns=1',
    `--system-prompt=${system}`,
    ...(access.ANTHROPIC_API_KEY ? ['--bare'] : []),
  ],
  stdin: ({ prompt }) => prompt,
  reader() {
    return (line) => {
      if (line.type === 'system' && line.subtype === 'init') return [{ kind: 'start' }]
      if (line.subtype === 'api_retry' && isRefused(line))
        return [failure('auth', `it was refused (${text(line.error)}); ${SIGN_IN}`)]
      if (line.type === 'assistant') return spoken(object(line.message).content)
      return line.type === 'result' ? resultOf(line) : []
    }
  },
}

function isRefused({ error_status: status, attempt }: JsonObject): boolean {
  return (status === 401 || status === 403) && count(attempt) >= REFUSALS
}

function resultOf(line: JsonObject): AiEvent[] {
  const usage: AiEvent = { kind: 'usage', usage: usageOf(line) }
  if (line.subtype === 'success' && line.is_error !== true) return [usage, { kind: 'done', text: text(line.result) }]
  const said = text(line.result) || [line.errors].flat().map(text).filter(Boolean).join('; ') || text(line.subtype)
  return [usage, failure(codeOfText(said), said)]
}

/** `input_tokens` leaves out what came from the cache or was written to it. */
function usageOf(line: JsonObject): AiUsage {
  const usage = object(line.usage)
  const cachedTokens = count(usage.cache_read_input_tokens)
  return {
    inputTokens: count(usage.input_tokens) + count(usage.cache_creation_input_tokens) + cachedTokens,
    outputTokens: count(usage.output_tokens),
    cachedTokens,
    costUsd: amount(line.total_cost_usd),
  }
}
