import { mkdirSync, writeFileSync } from 'node:fs'
import { commandsPage } from '#cli/commands-page.ts'
import { createProgram } from '#cli/program.ts'

/** `npm run docs:commands`: writes the reference page of all commands. */
mkdirSync('docs', { recursive: true })
writeFileSync('docs/commands.md', commandsPage(createProgram()))
