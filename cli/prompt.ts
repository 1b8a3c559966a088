import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { DocsfyError } from '#lib/errors.ts'

/** Whether somebody can be asked: questions are never put to a script. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true
}

/** Asks on stderr; an empty answer means `fallback`. Throws `aborted` at Ctrl-C or end of input. */
export async function ask(question: string, fallback = ''): Promise<string> {
  const answer = await askLine(`${question}${fallback ? ` [${fallback}]` : ''}: `, false)
  return answer.trim() || fallback
}

/** Asks for something that is not shown while it is typed. */
export async function askSecret(question: string): Promise<string> {
  return (await askLine(`${question}: `, true)).trim()
}

/** Only a clear yes counts. */
export async function confirm(question: string): Promise<boolean> {
  return /^y(es)?$/i.test((await askLine(`${question} [y/N] `, false)).trim())
}

/** The first line of what is piped in. */
export async function firstInputLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line
  return ''
}

async function askLine(question: string, isSecret: boolean): Promise<string> {
  let isMuted = false
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!isMuted) process.stderr.write(chunk)
      done()
    },
  })
  const terminal = createInterface({ input: process.stdin, output, terminal: true })
  const stopped = new Promise<never>((_resolve, reject) => {
    const stop = () => reject(new DocsfyError('aborted', 'Nothing was changed'))
    terminal.once('SIGINT', stop)
    terminal.once('close', stop)
  })
  try {
    const answer = terminal.question(question)
    isMuted = isSecret
    const line = await Promise.race([answer, stopped])
    if (isSecret) process.stderr.write('\n')
    return line
  } catch (error) {
    process.stderr.write('\n')
    throw error
  } finally {
    stopped.catch(() => {})
    terminal.close()
  }
}
