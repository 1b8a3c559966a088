import { dirOf } from '#lib/facts/imports/paths.ts'
import type { RawScript } from '#lib/facts/parse/parsed-file.ts'

/** What a Dockerfile builds and starts. */
export function dockerScripts(path: string, text: string): RawScript[] {
  const lines = text.split(/\r?\n/)
  const from = lines.findLastIndex((line) => /^\s*FROM\s/i.test(line))
  const entry = lines.findLastIndex((line) => /^\s*ENTRYPOINT\s/i.test(line))
  const start = Math.max(
    entry,
    lines.findLastIndex((line) => /^\s*CMD\s/i.test(line)),
  )
  if (from === -1) return []
  // A program in brackets is given what CMD says; one that a shell starts is not.
  const isGiven = entry > from && entry < start && /^\s*ENTRYPOINT\s+\[/i.test(lines[entry] ?? '')
  const command = (isGiven ? [entry, start] : [start])
    .filter((row) => row > from)
    .map((row) => startOf(lines, row))
    .join(' ')
  const name = path.split('/').at(-1) ?? path
  const file = name === 'Dockerfile' ? '' : `-f ${path} `
  const invocation = `docker build ${file}${name === 'Dockerfile' ? dirOf(path) || '.' : '.'}`
  return [
    {
      name,
      command,
      runner: 'docker',
      invocation,
      range: { path, start: from + 1, end: Math.max(from, lastOf(lines, start)) + 1 },
    },
  ]
}

/** Last row of an instruction that goes on behind a backslash. */
function lastOf(lines: string[], row: number): number {
  let last = row
  while (/\\\s*$/.test(lines[last] ?? '') && last < lines.length - 1) last += 1
  return last
}

/** What CMD or ENTRYPOINT starts, as a line. */
function startOf(lines: string[], row: number): string {
  return lines
    .slice(row, lastOf(lines, row) + 1)
    .map((line) => line.replace(/\\\s*$/, '').trim())
    .join(' ')
    .replace(/^(?:CMD|ENTRYPOINT)\s+/i, '')
    .replace(/^\[\s*|\s*\]$|"/g, '')
    .replace(/,\s*/g, ' ')
    .trim()
}

const TASK = /^\s*task\s+(?::(\w+)|(\w+):|["']([\w:]+)["'])/

/** Sessions of a noxfile. */
export function noxScripts(path: string, text: string): RawScript[] {
  const lines = text.split(/\r?\n/)
  return lines.flatMap((line, at) => {
    const definition = /^def\s+(\w+)\s*\(/.exec(line)?.[1]
    let first = at
    while (/^(?:@|\s+\S|\))/.test(lines[first - 1] ?? '') && first > 0) first -= 1
    const decorators = lines.slice(first, at).join(' ')
    if (!definition || !/@nox\.session\b|@session\b|@nox_poetry\.session\b/.test(decorators)) return []
    const name = /\bname\s*=\s*["']([\w.-]+)["']/.exec(decorators)?.[1] ?? definition
    const end = lines.findIndex((other, index) => index > at && /^\S/.test(other))
    const body = lines.slice(at + 1, end === -1 ? undefined : end)
    const help = /^\s*(?:"""|''')(.+?)(?:"""|'''|$)/.exec(body[0] ?? '')?.[1]?.trim() ?? null
    const runs = body.flatMap(
      (one) =>
        /\.run\((.+)\)/
          .exec(one)?.[1]
          ?.replace(/["',]+/g, ' ')
          .replace(/\s+/g, ' ')
          .trim() ?? [],
    )
    return [
      {
        name,
        command: runs.join('\n'),
        runner: 'nox',
        invocation: `nox -s ${name}`,
        help,
        range: { path, start: first + 1, end: at + 1 + body.join('\n').trimEnd().split('\n').length },
      },
    ]
  })
}

/** Tasks of a Rakefile or a `.rake` file, namespaces in front; `desc` is their help. */
export function rakeScripts(path: string, text: string): RawScript[] {
  const found: RawScript[] = []
  const blocks: (string | null)[] = []
  let help: string | null = null
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const namespace = /^\s*namespace\s+[:"']?(\w+)["']?:?\s+do\b/.exec(line)?.[1]
    const [, symbol, key, quoted] = TASK.exec(line) ?? []
    const name = symbol ?? key ?? quoted
    const described = /^\s*desc\s*\(?\s*(["'])(.*)\1/.exec(line)?.[2]
    if (described) help = described
    if (name && !(name === 'default' && help === null)) {
      const whole = [...blocks.filter((one) => one !== null), name].join(':')
      found.push({
        name: whole,
        command: '',
        runner: 'rake',
        invocation: `rake ${whole}`,
        help,
        range: { path, start: at + 1, end: at + 1 },
      })
      help = null
    }
    if (/\bdo\b(?:\s*\|[^|]*\|)?\s*(?:#.*)?$|^\s*(?:if|unless|def|class|module|begin|case|while)\b/.test(line))
      blocks.push(namespace ?? null)
    if (/^\s*end\b/.test(line)) blocks.pop()
  }
  return found
}
