import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { scoreFolder } from '#cli/score-folder.ts'
import type { Score } from '#lib/score/score-documentation.ts'
import { measureBuild, runMeasured } from './measure-build.ts'

const execute = promisify(execFile)

interface Generated {
  name: string
  seconds: number
  peakMb: number
  score: Score
}

interface Place {
  /** A clone of what is documented. */
  repository: string
  folder: string
}

/**
 * `npm run bench -- generators [TYPESCRIPT_REPO [C_REPO]]`: docsfy beside TypeDoc on a TypeScript repository (by default
 * this one), and beside Doxygen on a C one: time, memory, and the Doc Score of what each made. TypeDoc comes from npm into
 * a temporary folder; Doxygen from Debian when there is none.
 */
export async function run([typescript = '.', c]: string[]): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-generators-'))
  try {
    const first = await clone(typescript, join(folder, 'typescript'))
    const isAhead = print(first.repository, [await ours(first), await typedoc(first)])
    if (c === undefined) {
      console.log('\nDoxygen: give a C repository as second argument to measure it')
      return isAhead
    }
    const second = await clone(c, join(folder, 'c'))
    return print(second.repository, [await ours(second), await doxygen(second)]) && isAhead
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function clone(original: string, folder: string): Promise<Place> {
  const path = resolve(original)
  const name = basename(path) === 'repo' ? basename(resolve(path, '..')) : basename(path)
  const repository = join(folder, 'clone', name)
  await execute('git', ['clone', '--quiet', path, repository])
  return { repository, folder }
}

async function ours({ repository, folder }: Place): Promise<Generated> {
  const measured = await measureBuild({ repository, folder: join(folder, 'docsfy') })
  const { seconds, peakMb } = measured
  return { name: 'docsfy', seconds, peakMb, score: await scoreOf(join(folder, 'docsfy', 'site'), repository) }
}

async function typedoc({ repository, folder }: Place): Promise<Generated> {
  const tool = join(folder, 'typedoc')
  await execute('npm', [
    'install',
    '--silent',
    '--no-audit',
    '--no-fund',
    '--prefix',
    tool,
    'typedoc',
    'typescript@5.9',
  ])
  const sources = ['src', 'lib'].filter((name) => existsSync(join(repository, name)))
  await writeFile(join(tool, 'tsconfig.json'), JSON.stringify(compilerOptions(repository, sources)))
  const commit = (await execute('git', ['-C', repository, 'rev-parse', 'HEAD'])).stdout.trim()
  const out = join(folder, 'typedoc-site')
  const measured = await runMeasured(process.execPath, [
    // Its `bin` only starts this one as a child of its own, whose memory would not be seen.
    join(tool, 'node_modules', 'typedoc', 'dist', 'cli.js'),
    ...['--tsconfig', join(tool, 'tsconfig.json'), '--basePath', repository, '--skipErrorChecking', '--out', out],
    ...['--entryPointStrategy', 'expand', ...sources.flatMap((name) => ['--entryPoints', join(repository, name)])],
    ...['--exclude', '**/*.test.*', '--readme', join(repository, 'README.md'), '--logLevel', 'Error'],
    ...['--disableGit', '--gitRevision', commit, '--sourceLinkTemplate'],
    'https://github.com/owner/name/blob/{gitRevision}/{path}#L{line}',
  ])
  return { name: 'TypeDoc', ...measured, score: await scoreOf(out, repository) }
}

function compilerOptions(repository: string, sources: string[]) {
  const include = sources.map((name) => join(repository, name, '**/*'))
  const options = {
    target: 'esnext',
    module: 'esnext',
    moduleResolution: 'bundler',
    jsx: 'preserve',
    skipLibCheck: true,
  }
  return { compilerOptions: { ...options, allowImportingTsExtensions: true, noEmit: true, types: [] }, include }
}

async function doxygen({ repository, folder }: Place): Promise<Generated> {
  await ensureDoxygen()
  const out = join(folder, 'doxygen')
  const settings = [
    `PROJECT_NAME = ${basename(repository)}`,
    `INPUT = ${repository}`,
    `STRIP_FROM_PATH = ${repository}`,
    `OUTPUT_DIRECTORY = ${out}`,
    'RECURSIVE = YES',
    'EXTRACT_ALL = YES',
    'OPTIMIZE_OUTPUT_FOR_C = YES',
    'GENERATE_LATEX = NO',
    'QUIET = YES',
    'WARNINGS = NO',
    'HAVE_DOT = NO',
  ]
  const file = join(folder, 'Doxyfile')
  await writeFile(file, `${settings.join('\n')}\n`)
  await execute('mkdir', ['-p', out])
  const measured = await runMeasured('doxygen', [file])
  return { name: 'Doxygen', ...measured, score: await scoreOf(join(out, 'html'), repository) }
}

async function ensureDoxygen(): Promise<void> {
  const isThere = await execute('doxygen', ['--version']).then(
    () => true,
    () => false,
  )
  if (isThere) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = 'apt-get update -q && apt-get install -y -q --no-install-recommends doxygen'
  await execute('sh', ['-c', install], { env, maxBuffer: 2 ** 26 })
}

async function scoreOf(target: string, repository: string): Promise<Score> {
  return await scoreFolder({ target, repository, branch: null, signal: new AbortController().signal })
}

/** Whether ours, the first, has the best score. */
function print(repository: string, results: Generated[]): boolean {
  console.log(`\n${basename(repository)}`)
  console.log(
    `  ${'generator'.padEnd(12)}${['seconds', 'peak MB', 'pages', 'score', 'truth', 'coverage', 'craft'].map(cell).join('')}`,
  )
  for (const { name, seconds, peakMb, score } of results) {
    const { pages, total, truth, coverage, craft } = score
    const figures = [
      seconds.toFixed(1),
      peakMb.toFixed(0),
      pages,
      total,
      truth ?? 'n/a',
      coverage ?? 'n/a',
      craft ?? 'n/a',
    ]
    console.log(`  ${name.padEnd(12)}${figures.map(cell).join('')}`)
  }
  const [own, ...others] = results
  return others.every(({ score }) => (own?.score.total ?? 0) > score.total)
}

function cell(value: string | number): string {
  return String(value).padStart(10)
}
