import type { AiEvent } from '#lib/domain/ai.ts'
import { codeOfText, failure } from './failures.ts'
import { modelOption, object, type ProgramAdapter, spoken, text, usedTool } from './program-adapter.ts'

const TOOLS = new Set(['command_execution', 'tool_call', 'mcp_tool_call'])

/**
 * Cursor's command line with `stream-json` (cursor.com/docs/cli/reference/output-format). Mode `ask` keeps tools that
 * read, and none of its options takes them away: an answer that uses one is refused, though what it read has been sent to the
 * model by then. It reports no tokens; a failure has no JSON at all: its exit code and standard error tell.
 */
export const cursor: ProgramAdapter = {
  name: 'Cursor',
  commands: ['cursor-agent'],
  signIn: 'run "cursor-agent login", or set CURSOR_API_KEY',
  keys: ['CURSOR_API_KEY'],
  status: ['status'],
  args: ({ model, emptyDir }) => [
    '-p',
    '--output-format=stream-json',
    '--stream-partial-output',
    '--mode=ask',
    '--trust',
    ...modelOption(model),
    `--workspace=${emptyDir}`,
  ],
  stdin: ({ system, prompt }) => `${system}\n\n${prompt}`,
  reader() {
    return (line): AiEvent[] => {
      if (line.type === 'system' && line.subtype === 'init') return [{ kind: 'start' }]
      if (line.type === 'assistant') return spoken(object(line.message).content)
      if (TOOLS.has(text(line.type))) return [usedTool(text(line.type))]
      if (line.type !== 'result') return []
      const said = text(line.result)
      return line.subtype === 'success' && line.is_error !== true
        ? [{ kind: 'done', text: said }]
        : [failure(codeOfText(said), said)]
    }
  },
}
