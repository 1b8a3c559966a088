import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { AiEvent, AiFailure, AiRequest, CallLimits, Transport } from '#lib/domain/ai.ts'
import { timeoutFailure, watchDeadlines } from './deadlines.ts'
import { codeOfText, failure } from './failures.ts'
import { findProgram } from './find-program.ts'
import { linesOf, OutputLimitError, type OutputLimits } from './lines-of.ts'
import { type RunningProgram, startProgram } from './program.ts'
import { type JsonObject, missingProgram, type ProgramAdapter } from './program-adapter.ts'

/** After its result a program may still tidy up; some never end by themselves. */
const EXIT_MS = 5000
const OUTPUT: OutputLimits = { lineBytes: 8 * 1024 * 1024, totalBytes: 32 * 1024 * 1024 }

const UNKNOWN_OPTION = /unknown (option|argument|feature flag)|unexpected argument|unrecognized option/i
const FRAME = /^\s*(at .|\d+: |Stack backtrace:)/

interface ProgramOptions {
  adapter: ProgramAdapter
  /** Variables of the provider that are set. Secret. */
  access: Record<string, string>
  limits: CallLimits
}

/** Asks a command-line tool of this machine: prompt on standard input, an empty folder, no tools, one answer. */
export function programTransport(options: ProgramOptions): Transport {
  return {
    async *ask(request) {
      const path = findProgram(options.adapter.commands)
      if (!path) return yield failure('missing_binary', missingProgram(options.adapter))
      let folder: string | null = null
      try {
        folder = await mkdtemp(join(tmpdir(), 'docsfy-ai-'))
        yield* converse({ ...options, ...(await roomFor(options, folder)), request, path })
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        yield failure('other', `${options.adapter.name} could not be started: ${why}`, { retryable: true })
      } finally {
        if (folder) await rm(folder, { recursive: true, force: true }).catch(() => undefined)
      }
    },
  }
}

/** An empty folder to run in, and beside it one with the files of the adapter. */
async function roomFor({ adapter: { files = {} } }: ProgramOptions, folder: string) {
  const emptyDir = join(folder, 'empty')
  const filesDir = join(folder, 'files')
  for (const made of [emptyDir, filesDir]) await mkdir(made)
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(filesDir, name)), { recursive: true })
    await writeFile(join(filesDir, name), content)
  }
  return { emptyDir, filesDir }
}

interface Conversation extends ProgramOptions {
  request: AiRequest
  path: string
  emptyDir: string
  filesDir: string
}

async function* converse(conversation: Conversation): AsyncGenerator<AiEvent> {
  const { adapter, access, limits, request, path, emptyDir, filesDir } = conversation
  const { model, system, prompt, signal } = request
  if (signal.aborted) return yield cancelled()
  const question = { model, system, prompt, emptyDir, filesDir, access }
  const program = startProgram({
    path,
    args: adapter.args(question),
    env: { ...access, ...adapter.variables?.(question) },
    cwd: emptyDir,
    stdin: adapter.stdin(question),
  })
  let stopped: AiFailure | null = null
  const stop = (reason: AiFailure) => {
    stopped ??= reason
    program.kill()
  }
  const deadlines = watchDeadlines(limits, (code) => stop(timeoutFailure(code, limits)))
  const onAbort = () => stop(cancelled())
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    const end = yield* answerOf(program, { read: adapter.reader(), touch: deadlines.touch })
    yield end ?? stopped ?? (await withoutResult(program, adapter))
  } finally {
    deadlines.stop()
    signal.removeEventListener('abort', onAbort)
    await program.exitWithin(EXIT_MS)
  }
}

interface Reading {
  read: (line: JsonObject) => AiEvent[]
  touch: () => void
}

type End = Extract<AiEvent, { kind: 'done' | 'fail' }>

/** Events until the answer has ended; null when the output did before. */
async function* answerOf(program: RunningProgram, { read, touch }: Reading): AsyncGenerator<AiEvent, End | null> {
  try {
    for await (const line of linesOf(touching(program.stdout, touch), OUTPUT)) {
      for (const event of eventsOf(line, read)) {
        if (event.kind === 'fail') return event
        if (event.kind === 'done') return event.text.trim() ? event : failure('no_result', 'the answer was empty')
        yield event
      }
    }
  } catch (error) {
    if (error instanceof OutputLimitError) return failure('bad_output', `it printed ${error.message}`)
    // The output was closed because the call has been stopped.
  }
  return null
}

async function* touching(chunks: AsyncIterable<Uint8Array>, touch: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    touch()
    yield chunk
  }
}

/** Notes between the lines, and lines that were cut off, are no events. */
function eventsOf(line: string, read: (line: JsonObject) => AiEvent[]): AiEvent[] {
  if (!line.startsWith('{')) return []
  try {
    return read(JSON.parse(line))
  } catch {
    return []
  }
}

/** Exit code 0 without a result is a failure too. */
async function withoutResult(program: RunningProgram, adapter: ProgramAdapter): Promise<AiFailure> {
  const code = await program.exitWithin(EXIT_MS)
  const said = (await program.said()).trim()
  const last = lastLine(said)
  if (code === 0) return failure('no_result', `it ended without a result${last ? `: ${last}` : ''}`)
  const unknownOption = said.split('\n').find((line) => UNKNOWN_OPTION.test(line))
  if (unknownOption)
    return failure(
      'other',
      `this version of it does not know an option docsfy needs (${unknownOption}): update ${adapter.name}`,
    )
  // What it told before its last words was no reason to end.
  const kind = codeOfText(last)
  const advice = kind === 'auth' ? `; ${adapter.signIn}` : ''
  return failure(kind, `${last ? last : `it ended with exit code ${code ?? 'none'}`}${advice}`)
}

/** The last line that is no frame of a stack. */
function lastLine(text: string): string {
  return text.split('\n').findLast((line) => line.trim() !== '' && !FRAME.test(line)) ?? ''
}

function cancelled(): AiFailure {
  return failure('cancelled', 'the call was cancelled')
}
