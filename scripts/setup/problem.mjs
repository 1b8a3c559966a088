/** A failure a person can act on: one sentence, and what a command said when there is more to tell. */
export class Problem extends Error {
  constructor(sentence, details = '') {
    super(sentence)
    this.details = details
  }
}

/** The person pressed Ctrl-C, or the process was told to end. */
export class Interrupted extends Error {
  constructor(signal) {
    super(`Interrupted by ${signal}`)
    this.exitCode = signal === 'SIGINT' ? 130 : 143
  }
}

/** Runs a script's main function: its number becomes the exit code, a Problem one sentence on stderr and exit code 1. */
export async function runScript(main) {
  try {
    process.exitCode = await main(process.argv.slice(2))
  } catch (error) {
    if (error instanceof Interrupted) {
      process.stderr.write('Interrupted\n')
      process.exitCode = error.exitCode
    } else if (error instanceof Problem) {
      if (error.details) process.stderr.write(`${error.details.trimEnd()}\n`)
      process.stderr.write(`Error: ${error.message}\n`)
      process.exitCode = 1
    } else {
      throw error
    }
  }
}
