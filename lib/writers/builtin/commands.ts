import type { CommandFact, EntryPointFact, Facts, FlagFact } from '#lib/domain/facts.ts'
import type { PlanPage } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import { binaries, binaryTable, commandTable, flagTable, offeredCommands, offeredFlags } from './interface-tables.ts'
import { blocks, code, escapeText, heading } from './markdown.ts'
import { byText, count, listOf } from './wording.ts'

interface SelectedCommands {
  title: string
  binaries: EntryPointFact[]
  commands: CommandFact[]
  flags: FlagFact[]
}

/** Above this many flags a table per file is easier to read. */
const ONE_TABLE = 15

export const commandsComposer: Composer<SelectedCommands> = { select, compose }

function select(facts: Facts, page: PlanPage): SelectedCommands {
  return { title: page.title, binaries: binaries(facts), commands: offeredCommands(facts), flags: offeredFlags(facts) }
}

function compose(selected: SelectedCommands): string {
  const groups = [...Map.groupBy(selected.flags, (flag) => flag.command ?? '')].sort(([a], [b]) => byText(a, b))
  const unnamed = groups.filter(([command]) => command === '').flatMap(([, flags]) => flags)
  return blocks(
    heading(1, escapeText(selected.title)),
    introduction(selected),
    selected.binaries.length > 0 && blocks(heading(2, 'Commands'), binaryTable(selected.binaries)),
    selected.commands.length > 0 && blocks(heading(2, 'Sub-commands'), commandTable(selected.commands)),
    flagsByFile(unnamed, selected.commands.length > 0 ? 'Global flags' : 'Flags'),
    ...groups
      .filter(([command]) => command !== '')
      .map(([command, flags]) => blocks(heading(2, `Flags of ${code(command)}`), flagTable(flags))),
  )
}

/** Flags whose command the code does not tell; many of them have a section per file, as commands often do. */
function flagsByFile(flags: FlagFact[], title: string): string {
  if (flags.length === 0) return ''
  const files = [...Map.groupBy(flags, (flag) => flag.range.path)].sort(([a], [b]) => byText(a, b))
  if (flags.length <= ONE_TABLE || files.length === 1) return blocks(heading(2, title), flagTable(flags))
  return blocks(
    heading(2, 'Flags'),
    'The flags stand below the file that defines them.',
    ...files.map(([path, own]) => blocks(heading(3, code(path)), flagTable(own))),
  )
}

function introduction({ binaries: entries, flags }: SelectedCommands): string {
  const names = listOf([...new Set(entries.map((entry) => code(entry.name)))], 8)
  const installs =
    entries.length > 0 &&
    `Installing the project gives you the ${entries.length === 1 ? 'command' : 'commands'} ${names}.`
  const defines = flags.length > 0 && `The code defines ${count(flags.length, 'flag')}.`
  return [installs, defines].filter((text) => text !== false).join(' ')
}
