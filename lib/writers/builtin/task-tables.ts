import { cite } from '#lib/domain/citations.ts'
import type { ScriptFact } from '#lib/domain/facts.ts'
import { blocks, code, escapeText, heading, table } from './markdown.ts'
import { byText, listOf, shorten } from './wording.ts'

const LONGEST_HELP = 80
const LONGEST_COMMAND = 100
const SHOWN_LINES = 3

/** Tasks by the folder that defines them, the root first, then containers. */
export function taskSections(scripts: ScriptFact[]): string {
  const contained = scripts.filter(isContainer)
  const folders = Map.groupBy(
    scripts.filter((script) => !isContainer(script)),
    ({ range }) => folderOf(range.path),
  )
  const sorted = [...folders].sort(([a], [b]) => byText(a, b))
  const sections = sorted.map(([folder, own]) =>
    blocks(folder !== '' && heading(3, code(`${folder}/`)), scriptTable(own)),
  )
  return blocks(...sections, contained.length > 0 && blocks(heading(3, 'Containers'), containerTable(contained)))
}

export function scriptTable(scripts: ScriptFact[]): string {
  const rows = scripts.map((script) => [
    code(script.invocation),
    script.help ? escapeText(script.help) : commandText(script.command),
    cite(script.range),
  ])
  return table(['Command', 'What it does', 'Declared at'], rows)
}

/** A command whole, of several the first that say what is done. */
function commandText(command: string): string {
  const lines = command.includes('\n') ? linesText(command) : ''
  return lines || code(shorten(command, 2 * LONGEST_COMMAND))
}

function linesText(command: string): string {
  return listOf(
    linesOf(command).map((line) => code(shorten(line, LONGEST_COMMAND))),
    SHOWN_LINES,
  )
}

/** One row per file: an image is built from it, or all its services are started. */
export function containerTable(scripts: ScriptFact[]): string {
  const files = [...Map.groupBy(scripts, ({ range }) => range.path)].sort(([a], [b]) => byText(a, b))
  const rows = files.flatMap(([path, own]) => {
    const [first] = own
    if (!first) return []
    const isImage = first.runner === 'docker'
    return [
      [
        code(isImage ? first.invocation : startOf(first)),
        isImage ? imageText(first) : servicesText(own),
        cite(tight(path, first)),
      ],
    ]
  })
  return table(['Command', 'What it does', 'Declared at'], rows)
}

function imageText({ name, command }: ScriptFact): string {
  const starts = command === '' ? '' : ` that starts ${code(shorten(command, LONGEST_COMMAND))}`
  return `builds the image of ${code(name)}${starts}`
}

function servicesText(services: ScriptFact[]): string {
  const named = services.map(({ name, command, help }) => {
    const image = [command, help ?? ''].find((text) => IMAGE.test(text))
    return image ? `${code(name)} (${code(image)})` : code(name)
  })
  return `starts ${listOf(named)}`
}

const IMAGE = /^[\w./-]+:[\w.-]+$/

/** `docker compose -f dev.yml up`: the start of one service without its name. */
function startOf({ invocation }: ScriptFact): string {
  return invocation.slice(0, invocation.lastIndexOf(' '))
}

function tight(path: string, { range }: ScriptFact): ScriptFact['range'] {
  return { path, start: range.start, end: Math.min(range.end, range.start + SHOWN_LINES) }
}

function isContainer({ runner }: ScriptFact): boolean {
  return runner === 'docker-compose' || runner === 'docker'
}

/** What CI runs: a job is told by its workflow where that has a name. */
export function jobTable(jobs: ScriptFact[]): string {
  const rows = jobs.map(({ name, help, command, range }) => [
    code(name),
    /\$\{\{/.test(help ?? '') ? '' : escapeText(shorten(help ?? '', LONGEST_HELP)),
    linesText(command),
    cite(range),
  ])
  return table(['Job', 'Workflow', 'What it runs', 'Declared at'], rows)
}

/** The lines of a script that say what it does: no comments, no output, no conditions around them, no assignments. */
function linesOf(command: string): string[] {
  const lines = command
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.trim())
  return [...new Set(lines.filter((line) => line !== '' && !/^#/.test(line) && !AROUND.test(line)))]
}

const AROUND =
  /^(?:cd\b(?!.*(?:&&|;)\s*\S)|echo|printf|set [-+]\S*|if|then|else|elif|fi|for|do|done|while|case|esac|exit|export|source|\w+=|[})\]]|>|EOF|sudo apt(?:-get)? update|shopt|trap|return|local|read)(?:$|[\s"'(;|&-])|^\w+=|^\w+\)|;;$|<<-?\s*['"]?EOF/

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}
