import { join } from 'node:path'
import { codeOfText, failure } from './failures.ts'
import { count, modelOption, object, type ProgramAdapter, text } from './program-adapter.ts'

const RULES = 'rules.toml'
const NO_TOOLS = '[[rule]]\ntoolName = "*"\ndecision = "deny"\npriority = 999\n'
const SETTINGS = '.gemini/settings.json'
/** With another address it takes the key for that of a gateway, which it then does not know as a way to sign in (0.61). */
const BY_KEY = JSON.stringify({ security: { auth: { selectedType: 'gemini-api-key' } } })

/**
 * Gemini CLI with `stream-json` (geminicli.com/docs/cli/headless). Without a terminal it is headless by itself; approval mode `plan`
 * is read-only, and the rules deny every tool. The empty folder has to be trusted, or newer versions refuse to start.
 */
export const gemini: ProgramAdapter = {
  name: 'Gemini CLI',
  commands: ['gemini'],
  signIn: 'run "gemini" once and sign in, or set GEMINI_API_KEY',
  keys: ['GEMINI_API_KEY', 'GOOGLE_GENAI_USE_VERTEXAI'],
  loginFiles: ['.gemini/oauth_creds.json', '.gemini/gemini-credentials.json'],
  args: ({ model, filesDir }) => [
    '--output-format=stream-json',
    ...modelOption(model),
    '--approval-mode=plan',
    '--skip-trust',
    '--extensions=none',
    `--policy=${join(filesDir, RULES)}`,
  ],
  files: { [RULES]: NO_TOOLS, [SETTINGS]: BY_KEY },
  // With a key nobody has to be signed in, so that settings, servers and memory of the user can be left out as well.
  variables: ({ access, filesDir }): Record<string, string> =>
    access.GEMINI_API_KEY && !access.GOOGLE_GENAI_USE_VERTEXAI ? { GEMINI_CLI_HOME: filesDir } : {},
  stdin: ({ system, prompt }) => `${system}\n\n${prompt}`,
  reader() {
    let answer = ''
    return (line) => {
      if (line.type === 'init') return [{ kind: 'start' }]
      if (line.type === 'message' && line.role === 'assistant') {
        const delta = text(line.content)
        answer = line.delta === true ? answer + delta : delta
        return [{ kind: 'delta', text: delta }]
      }
      if (line.type !== 'result') return []
      const stats = object(line.stats)
      const usage = {
        inputTokens: count(stats.input_tokens),
        outputTokens: count(stats.output_tokens),
        cachedTokens: count(stats.cached),
        costUsd: null,
      }
      const said = text(object(line.error).message)
      const end =
        line.status === 'success' ? ({ kind: 'done', text: answer } as const) : failure(codeOfText(said), said)
      return [{ kind: 'usage', usage }, end]
    }
  },
}
