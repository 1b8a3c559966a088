import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProgram } from '#cli/program.ts'
import { bashCompletion } from './bash.ts'
import { completionContexts } from './contexts.ts'
import { fishCompletion } from './fish.ts'
import { zshCompletion } from './zsh.ts'

const contexts = completionContexts(createProgram())
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docsfy-completion-'))
  await writeFile(join(folder, 'bash'), bashCompletion(contexts))
  await writeFile(join(folder, 'zsh'), zshCompletion(contexts))
  await writeFile(join(folder, 'fish'), fishCompletion(contexts))
  const profiles = join(folder, '.config', 'docsfy')
  await mkdir(profiles, { recursive: true })
  await writeFile(join(profiles, 'config.toml'), '[servers.prod]\n[servers.preview]\n[servers.dev]\n')
  await mkdir(join(folder, 'bin'))
  const command = `#!/bin/sh\nexec '${process.execPath}' '${resolve('bin/docsfy.mjs')}' "$@"\n`
  await writeFile(join(folder, 'bin', 'docsfy'), command, { mode: 0o755 })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What is offered for the last of these words, by a shell that has the script loaded. */
type Offers = (words: string[]) => string[]

function bash(words: string[]): string[] {
  const script = `source "$1"; shift; COMP_WORDS=(docsfy "$@"); COMP_CWORD=$#; _docsfy; printf '%s\\n' "\${COMPREPLY[@]}"`
  return run('bash', ['--norc', '-c', script, 'bash', join(folder, 'bash'), ...words])
}

/** The functions that draw the menu print what they are given; each item is `word:description`. */
function zsh(words: string[]): string[] {
  const script = `compdef() { : }; _files() { : }
_describe() { local list=\${@[-1]}; print -l -- \${(P)list} }
compadd() { shift; print -l -- $@ }
source $1; shift; words=(docsfy "$@"); CURRENT=$#words; _docsfy`
  const offered = run('zsh', ['-f', '-c', script, 'zsh', join(folder, 'zsh'), ...words])
  const typed = words.at(-1) ?? ''
  return offered.map((item) => item.replace(/:.*/, '')).filter((word) => word.startsWith(typed))
}

function fish(words: string[]): string[] {
  const line = ['docsfy', ...words].join(' ')
  const script = `source ${join(folder, 'fish')}; complete -C '${line}'`
  return run('fish', ['--no-config', '-c', script]).map((item) => item.replace(/\t.*/, ''))
}

function run(shell: string, args: string[]): string[] {
  const { stdout, stderr, status } = spawnSync(shell, args, {
    encoding: 'utf8',
    cwd: folder,
    env: {
      ...process.env,
      HOME: folder,
      XDG_CONFIG_HOME: '',
      PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
    },
  })
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  return stdout.split('\n').filter(Boolean)
}

const SHELLS: [string, Offers][] = [
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
]

for (const [shell, offers] of SHELLS)
  it.skipIf(spawnSync(shell, ['--version']).error)(`${shell} completes commands, options and known values`, () => {
    expect(offers(['st']).sort()).toEqual(['start', 'status', 'steering'])
    expect(offers(['admin', '']).sort()).toEqual(['access', 'cost', 'users'])
    expect(offers(['admin', 'users', 'r'])).toEqual(['rotate-key'])
    expect(offers(['--server', 'list', 'gen'])).toEqual(['generate'])
    expect(offers(['-s', 'pr']).sort()).toEqual(['preview', 'prod'])
    expect(offers(['list', '--server', 'd'])).toEqual(['dev'])
    expect(offers(['generate', 'url', '--provider', 'b'])).toEqual(['builtin'])
    expect(offers(['help', 'cred'])).toEqual(['credentials'])
    expect(offers(['list', '--st'])).toEqual(['--status'])
    expect(offers(['list', '--status', 'r'])).toEqual(['ready'])
    expect(offers(['completion', 'f'])).toEqual(['fish'])
  })

it('bash, which takes a word apart at the equals sign, completes what stands behind it', () => {
  expect(bash(['list', '--status', '=', 'r'])).toEqual(['ready'])
  expect(bash(['list', '--server', '=']).sort()).toEqual(['dev', 'preview', 'prod'])
})
