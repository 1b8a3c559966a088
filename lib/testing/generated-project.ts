/** Parts of a project about walks: each is a folder whose files build on each other and on the part before. */
const PARTS = ['paths', 'maps', 'tours', 'weather', 'huts', 'guides']
const THINGS = ['Trail', 'Bridge', 'Summit', 'Valley', 'River', 'Meadow', 'Tunnel']
const DEEDS = ['measure', 'follow', 'describe', 'compare', 'close']

/**
 * The files of a small project by path, always the same ones: parts in TypeScript and one in Python with comments, imports,
 * types and tests, a program with flags, variables and routes, and a README. Many pages, most of which one edit leaves alone.
 */
export function generatedProject(): Map<string, string> {
  const files = new Map([
    ['README.md', README],
    ['package.json', PACKAGE],
    ['.env.example', '# Where the maps are\nMAPS_FOLDER=/var/maps\n\n# How far a day goes\nDAY_KM=20\n'],
    ['cli/main.ts', PROGRAM],
    ['cli/serve.ts', SERVER],
  ])
  for (const [at, part] of PARTS.entries())
    for (const [n, thing] of THINGS.entries()) {
      const name = `lib/${part}/${thing.toLowerCase()}`
      files.set(`${name}.ts`, typescriptFile({ part, before: PARTS[at - 1], thing, next: THINGS[n + 1], n }))
      if (n === 0) files.set(`${name}.test.ts`, testFile(part, thing))
    }
  for (const [n, thing] of THINGS.entries())
    files.set(`walker/${thing.toLowerCase()}.py`, pythonFile(thing, THINGS[n + 1], n))
  return files
}

const README = `# Walks

Plans walks through mountains, from what is known of paths, maps and huts.

## Installation

\`\`\`sh
npm install walks
\`\`\`

## Usage

\`\`\`sh
walks plan --days 3
\`\`\`

The parts live in \`lib/paths\` and \`lib/maps\`; \`walker/\` reads old notes.
`

const PACKAGE = `${JSON.stringify(
  {
    name: 'walks',
    version: '1.2.3',
    description: 'Plans walks through mountains',
    type: 'module',
    bin: { walks: 'cli/main.ts' },
    scripts: { test: 'vitest run', start: 'node cli/serve.ts' },
    dependencies: { commander: '14.0.0', express: '5.0.0' },
  },
  null,
  2,
)}\n`

const PROGRAM = `import { Command } from 'commander'
import { describeTrail } from '#lib/paths/trail.ts'
import { measureSummit } from '#lib/maps/summit.ts'

/** Kilometres of a day. */
const dayKm = Number(process.env.DAY_KM ?? '20')

const program = new Command('walks').description('Plans walks through mountains')
program
  .command('plan')
  .description('Plans one walk')
  .option('--days <n>', 'how many days it takes', '1')
  .action(({ days }) => console.log(describeTrail({ id: days, lengthM: dayKm, next: null })))
program
  .command('look')
  .description('Tells what a map says')
  .argument('<map>', 'file of the map')
  .action((map) => console.log(measureSummit({ id: map, lengthM: 1, next: null })))
program.parse()
`

const SERVER = `import express from 'express'
import { followRiver } from '#lib/tours/river.ts'

const app = express()
const folder = process.env.MAPS_FOLDER ?? '/var/maps'

/** Answers one tour. */
app.get('/tours/:id', (request, response) => {
  response.json(followRiver({ id: request.params.id, lengthM: 5, next: null }))
})
app.post('/tours', (_request, response) => response.status(201).send(folder))
app.listen(3000)
`

interface FilePlan {
  part: string
  before: string | undefined
  thing: string
  next: string | undefined
  n: number
}

function typescriptFile({ part, before, thing, next, n }: FilePlan): string {
  const own = thing.toLowerCase()
  const lines = [`/** What the ${part} know of each ${own}. */`, '']
  if (next) lines.push(`import { measure${next} } from './${next.toLowerCase()}.ts'`)
  if (before) lines.push(`import type { ${thing} as Earlier } from '#lib/${before}/${own}.ts'`)
  lines.push('', `const MOST_${own.toUpperCase()}S = ${10 + n}`, '', `/** One ${own} of the ${part}. */`)
  lines.push(`export interface ${thing} {`, '  id: string', '  /** In metres. */', '  lengthM: number')
  lines.push(`  next: ${before ? 'Earlier' : thing} | null`, '}', '')
  for (const [at, deed] of DEEDS.entries()) {
    lines.push(`/** Says how to ${deed} a ${own}; at most ${10 + n} of them at once. */`)
    lines.push(`export function ${deed}${thing}(${own}: ${thing}, times = ${at + 1}): number {`)
    lines.push(`  if (times > MOST_${own.toUpperCase()}S) throw new Error('Too many of ${part}')`)
    const deeper = next && at === 0 ? `measure${next}({ id: ${own}.id, lengthM: times, next: null })` : 'times'
    lines.push(`  return ${own}.lengthM * ${deeper}`, '}', '')
  }
  return lines.join('\n')
}

function testFile(part: string, thing: string): string {
  const own = thing.toLowerCase()
  return `import { expect, it } from 'vitest'
import { compare${thing} } from './${own}.ts'

it('compares ${part}', () => {
  expect(compare${thing}({ id: 'a', lengthM: 2, next: null }, 3)).toBe(6)
})
`
}

function pythonFile(thing: string, next: string | undefined, n: number): string {
  const own = thing.toLowerCase()
  const deeper = next ? `${next}(self.name).read()` : '[]'
  return `"""Old notes about each ${own}."""
${next ? `from .${next.toLowerCase()} import ${next}\n` : ''}

class ${thing}:
    """A ${own} somebody wrote down."""

    def __init__(self, name: str, pages: int = ${n + 1}):
        self.name = name
        self.pages = pages

    def read(self) -> list[str]:
        """Reads all notes, the oldest ones first."""
        return [self.name] * self.pages + ${deeper}


def count_${own}s(names: list[str]) -> int:
    """Counts what was written down."""
    return len(names) + ${n}
`
}
