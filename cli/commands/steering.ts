import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { stringify } from 'yaml'
import { withHelp } from '#cli/help.ts'
import { printJson } from '#cli/json-shapes.ts'
import { oneLine, printNote, printResult } from '#cli/output.ts'
import { connect, serverCommand } from '#cli/server-command.ts'
import type { Steering } from '#lib/domain/steering.ts'
import { DocsfyError } from '#lib/errors.ts'
import { parseSteering } from '#lib/steering/parse-steering.ts'

interface SteeringFlags {
  owner?: string
  off?: boolean
  json?: boolean
}

/** `docsfy steering NAME [FILE]`: what the dashboard asks of the documentation of a project. */
export function steeringCommand(): Command {
  const command = serverCommand('steering')
    .description('Show or set what the server asks of the documentation of a project, beside its docsfy.yml')
    .argument('<NAME>', 'name of the project')
    .argument('[FILE]', 'wishes as docsfy.yml has them, - for standard input; without it they are shown as such a file')
    .option('--owner <NAME>', 'whose project, when several people have one of this name')
    .option('--off', 'ask for nothing any more')
    .option('--json', 'print one JSON object')
    .action(steering)
  return withHelp(command, {
    examples: ['docsfy steering click', 'docsfy steering click wishes.yml', 'docsfy steering click --off'],
    remarks:
      'FILE takes the place of all that was set before; where something in it is wrong, nothing is set. The next generation\n' +
      'writes again what a change concerns. What is set here wins over docsfy.yml, wish by wish.',
    json: ['steering'],
  })
}

async function steering(this: Command, name: string, file: string | undefined): Promise<void> {
  const { owner, off, json } = this.opts<SteeringFlags>()
  if (off && file !== undefined) this.error('error: --off asks for nothing any more: leave out the file')
  const wished = file === undefined ? null : await wishesIn(file)
  const { api } = await connect(this)
  const project = { name, owner }
  const wanted = off ? {} : wished
  const answer = wanted ? await api.setSteering(project, wanted) : await api.steering(project)
  if (json) return printJson('steering', answer)
  if (off) return printResult(oneLine(`Nothing is asked of the documentation of '${name}' any more.`))
  if (wanted) return printResult(oneLine(`Set what is asked of the documentation of '${name}'.`))
  if (Object.keys(answer.steering).length > 0) printResult(stringify(answer.steering).trimEnd())
  else printNote(oneLine(`Nothing is asked of the documentation of '${name}' beside its docsfy.yml.`))
}

/** All of a file of wishes. Throws `invalid_input` that tells everything wrong in it. */
async function wishesIn(file: string): Promise<Steering> {
  const source = file === '-' ? await text(process.stdin) : await textOf(file)
  const { steering: wished, notices } = parseSteering(source)
  if (notices.length > 0) throw new DocsfyError('invalid_input', `Nothing was set: ${notices.join('; ')}`)
  if (Object.keys(wished).length === 0)
    throw new DocsfyError('invalid_input', 'Nothing was set: the file asks for nothing; --off takes back what was set')
  return wished
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new DocsfyError('invalid_input', `"${file}" cannot be read: name a file of wishes, or - for standard input`)
  }
}
