import type { EntryPointFact, Facts, FlagFact } from '#lib/domain/facts.ts'
import type { PlanPage } from '#lib/domain/plan.ts'
import type { Composer } from './composer.ts'
import { binaries, binaryTable, flagTable, offeredFlags } from './interface-tables.ts'
import { blocks, code, escapeText, heading } from './markdown.ts'
import { byText, count, listOf } from './wording.ts'

interface SelectedCommands {
  title: string
  binaries: EntryPointFact[]
  flags: FlagFact[]
}

export const commandsComposer: Composer<SelectedCommands> = { select, compose }

function select(facts: Facts, page: PlanPage): SelectedCommands {
  return { title: page.title, binaries: binaries(facts), flags: offeredFlags(facts) }
}

function compose(selected: SelectedCommands): string {
  const groups = [...Map.groupBy(selected.flags, (flag) => flag.command ?? '')].sort(([a], [b]) => byText(a, b))
  return blocks(
    heading(1, escapeText(selected.title)),
    introduction(selected),
    selected.binaries.length > 0 && blocks(heading(2, 'Commands'), binaryTable(selected.binaries)),
    ...groups.map(([command, flags]) => {
      const title = command ? `Flags of ${code(command)}` : 'Flags'
      return blocks(heading(2, title), flagTable(flags))
    }),
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
