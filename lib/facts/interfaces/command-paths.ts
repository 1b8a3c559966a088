import type { CommandFact, EntryPointFact, ImportFact } from '#lib/domain/facts.ts'
import { dirOf } from '#lib/facts/imports/paths.ts'
import { byPlace, byText } from '#lib/facts/order.ts'
import type { CommandMount, RawCommand, RawFlag } from '#lib/facts/parse/parsed-file.ts'

export interface CommandFile {
  path: string
  commands: RawCommand[]
  flags: RawFlag[]
  commandMounts: CommandMount[]
}

interface Sources {
  files: CommandFile[]
  imports: ImportFact[]
  entryPoints: EntryPointFact[]
}

interface Commands {
  commands: CommandFact[]
  flags: RawFlag[]
}

/** Nobody nests commands deeper. */
const MAX_DEPTH = 8

/**
 * Commands by the words a person types after the program's name, also where they are put together in another file than
 * they are made in. What hangs below nothing and has commands below it is the program itself.
 */
export function commandPaths({ files, imports, entryPoints }: Sources): Commands {
  const known = new Map<string, RawCommand>()
  for (const { path, commands } of files)
    for (const command of commands) for (const name of command.names ?? []) known.set(placed(name, path), command)
  const { parents, given, held } = hungBelow({ files, imports, known })
  const programs = new Set(entryPoints.filter(({ kind }) => kind !== 'server').map(({ name }) => name))
  const outer = new Set(parents.values())
  // Of several that hang below nothing the code does not tell which is the program.
  const alone = [...outer].filter((command) => command.mayBeProgram && !held.has(command)).length === 1
  const isProgram = (command: RawCommand) => {
    if (held.has(command)) return false
    if (!outer.has(command)) return command.mayBeProgram === true && programs.has(command.name)
    const isNamed = (command.names ?? []).some((name) => /root|^new\w*(?:app|cli)/i.test(name))
    return (command.mayBeProgram === true && alone) || programs.has(command.name) || isNamed
  }
  const pathOf = (command: RawCommand, depth = 0): string => {
    const parent = depth < MAX_DEPTH ? parents.get(command) : undefined
    const before = parent ? pathOf(parent, depth + 1) : ''
    return isProgram(command) ? '' : [before, given.get(command) ?? command.name].filter(Boolean).join(' ')
  }
  const commands = files.flatMap((file) => file.commands).filter((command) => !isProgram(command))
  const flags = files.flatMap(({ path, flags: own }) =>
    own.map(({ owner, ...flag }) => {
      const command = owner == null ? undefined : known.get(placed(owner, path))
      return command ? { ...flag, command: pathOf(command) || null } : flag
    }),
  )
  return {
    commands: commands
      .map(({ names: _, mayBeProgram: __, ...command }) => command)
      .map((command, at) => ({ ...command, name: pathOf(commands[at] ?? command) }))
      .filter(({ name }) => name !== '')
      .sort((a, b) => byPlace(a.range, b.range) || byText(a.name, b.name)),
    flags: flags.sort((a, b) => byPlace(a.range, b.range) || byText(a.name, b.name)),
  }
}

interface Mounting {
  files: CommandFile[]
  imports: ImportFact[]
  known: ReadonlyMap<string, RawCommand>
}

interface Hung {
  parents: Map<RawCommand, RawCommand>
  /** What hangs below anything, be that known or not. */
  held: Set<RawCommand>
  /** Names that those give who hang a command below another one. */
  given: Map<RawCommand, string>
}

/** The command each one hangs below; of several the first in the order of the files. */
function hungBelow({ files, imports, known }: Mounting): Hung {
  const mounting = files.filter(({ commandMounts }) => commandMounts.length > 0)
  const from = new Set(mounting.map(({ path }) => path))
  const folders = new Map<string, string>()
  for (const one of imports)
    if (one.to !== null && from.has(one.from)) folders.set(`${one.from}\n${one.specifier}`, one.to)
  const found: Hung = { parents: new Map(), given: new Map(), held: new Set() }
  for (const { path, commandMounts } of mounting)
    for (const mount of commandMounts) {
      const [parent, child] = [mount.parent, mount.child].map(({ name, from: specifier }) =>
        known.get(placed(name, specifier === null ? path : (folders.get(`${path}\n${specifier}`) ?? ''))),
      )
      if (child && mount.name && !found.given.has(child)) found.given.set(child, mount.name)
      if (child && child !== parent) found.held.add(child)
      if (parent && child && parent !== child && !found.parents.has(child)) found.parents.set(child, parent)
    }
  return found
}

/** Names inside a function belong to the file, others to all files of its folder. */
function placed(name: string, path: string): string {
  return `${name.includes('.') ? path : dirOf(path)}#${name}`
}
