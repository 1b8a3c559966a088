import { dirOf } from '#lib/facts/imports/paths.ts'
import type { RawScript } from '#lib/facts/parse/parsed-file.ts'

const TARGET = /^([A-Za-z0-9][\w-]*(?:[ \t]+[A-Za-z0-9][\w-]*)*)[ \t]*::?(?![:=])([^=]*)$/
const RECIPE =
  /^@?([A-Za-z][\w-]*)((?:[ \t]+[+*]?\$?[\w-]+(?:[ \t]*=[ \t]*(?:"[^"]*"|'[^']*'|[^\s:"']+))?)*)[ \t]*:(?!=)[ \t]*([^=]*)$/

/** Targets of a Makefile that look like tasks (not like files), or recipes of a justfile. */
export function makeScripts(path: string, text: string): RawScript[] {
  const isJust = /(?:^|\/)justfile$/i.test(path)
  const lines = text.split(/\r?\n/)
  const seen = new Set<string>()
  return lines.flatMap((line, at) => {
    const isHidden = /^\s/.test(line) || (isJust && isPrivate(lines, at))
    const match = isHidden ? null : (isJust ? RECIPE : TARGET).exec(line.replace(/\s+#.*$/, ''))
    const names = isJust ? [match?.[1] ?? ''] : (match?.[1]?.split(/\s+/) ?? [])
    const recipe = recipeBelow(lines, at)
    const prerequisites = (isJust ? match?.[3] : match?.[2])?.trim() ?? ''
    return names.flatMap((name) => {
      if (!name || seen.has(name)) return []
      seen.add(name)
      return [
        {
          name,
          command: shellText(recipe.commands, isJust) || commandOf(prerequisites, isJust),
          runner: isJust ? 'just' : 'make',
          invocation: invocationOf(name, path, isJust),
          help: helpOf(lines, at),
          range: { path, start: at + 1, end: at + 1 + recipe.rows },
        },
      ]
    })
  })
}

/** The commands as the shell gets them: of make, a `$` is written twice. */
function shellText(commands: string[], isJust: boolean): string {
  const text = commands.join('\n')
  return isJust ? text : text.replaceAll('$$', () => '$')
}

/** `target: ## help`, else the comment directly above, unless that is a line of something else. */
function helpOf(lines: string[], at: number): string | null {
  const behind = /\s##+\s*(.*)$/.exec(lines[at] ?? '')?.[1]
  if (behind) return behind.trim()
  const above: string[] = []
  for (let index = at - 1; index >= 0; index -= 1) {
    const line = lines[index] ?? ''
    if (/^\.PHONY\b|^\[[\w\s,-]+\]$/.test(line)) continue
    const text = /^##?\s+([^#=].*)$/.exec(line)?.[1]
    if (text === undefined || /^[-=#*~]{3}/.test(text)) break
    above.unshift(text.trim())
  }
  return above.length > 0 && above.length <= 4 ? above.join(' ') : null
}

interface Recipe {
  /** Without the marks that tell `make` how to run them; a command that goes on over lines is one. */
  commands: string[]
  /** Lines below the target it takes. */
  rows: number
}

/** Indented lines below a target; empty ones may stand between them. */
function recipeBelow(lines: string[], at: number): Recipe {
  const commands: string[] = []
  let rows = 0
  let isGoingOn = false
  for (const [index, line] of lines.slice(at + 1).entries()) {
    if (line.trim() === '' && !isGoingOn) continue
    if (!/^\s/.test(line) && !isGoingOn) break
    const text = line.trim().replace(/\s*\\$/, '')
    if (isGoingOn) commands.push(`${commands.pop() ?? ''} ${text}`.trim())
    else if (!text.startsWith('#')) commands.push(text.replace(/^[@+-]+\s*/, ''))
    isGoingOn = /\\\s*$/.test(line) && commands.length > 0
    rows = index + 1
  }
  return { commands, rows }
}

/** A target that only names others is as good as those. */
function commandOf(prerequisites: string, isJust: boolean): string {
  const names = prerequisites.replace(/^\|\s*|\s\|(?=\s)/g, '')
  return /^[\w-]+(?:\s+[\w-]+)*$/.test(names) ? `${isJust ? 'just' : 'make'} ${names}` : names
}

function invocationOf(name: string, path: string, isJust: boolean): string {
  const dir = dirOf(path)
  if (isJust) return dir ? `just -d ${dir} -f ${path} ${name}` : `just ${name}`
  return dir ? `make -C ${dir} ${name}` : `make ${name}`
}

/** `[private]` above a recipe of a justfile. */
function isPrivate(lines: string[], at: number): boolean {
  for (let row = at - 1; row >= 0 && /^\[/.test(lines[row] ?? ''); row -= 1)
    if (/\bprivate\b/.test(lines[row] ?? '')) return true
  return false
}
