import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { commandsPage } from './commands-page.ts'
import { helpNotes } from './help.ts'
import { JSON_SHAPES } from './json-shapes.ts'
import { createProgram } from './program.ts'

it('docs/commands.md is what npm run docs:commands writes', async () => {
  expect(await readFile('docs/commands.md', 'utf8')).toBe(commandsPage(createProgram()))
})

it('every command shows examples and exit codes, and every --json says what it prints', () => {
  const commands = leaves(createProgram())
  for (const command of commands) {
    const notes = helpNotes(command)
    expect(notes?.examples.length, command.name()).toBeGreaterThan(0)
    const hasJson = command.options.some((option) => option.long === '--json')
    expect(Boolean(notes?.json?.length), command.name()).toBe(hasJson)
  }
  const documented = commands.flatMap((command) => helpNotes(command)?.json ?? [])
  expect(documented.sort()).toEqual(Object.keys(JSON_SHAPES).sort())
})

type Program = ReturnType<typeof createProgram>

function leaves(command: Program): Program[] {
  return command.commands.length > 0 ? command.commands.flatMap((one) => leaves(one as Program)) : [command]
}
