import { spawn, spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { expect } from '@playwright/test'
import { COMPILE_CACHE } from './command.ts'
import { test } from './fixtures.ts'
import { MAIN, type Person, withPerson } from './run-cli.ts'
import { SAMPLE_FILES } from './sample-files.ts'

interface Session {
  columns?: number
  env?: Record<string, string>
  /** What is typed when a question appears, in order. */
  answers?: [question: string, typed: string][]
}

test.skip(spawnSync('script', ['--version']).error !== undefined, 'needs the program "script" for a terminal')

test('on a terminal questions are asked, keys are not shown, the bar is drawn and tables fit', async ({
  docsfy,
  serveRepository,
}) => {
  const { url } = await serveRepository(SAMPLE_FILES)
  await withPerson({}, async (person) => {
    const init = await onTerminal(person, ['config', 'init'], {
      answers: [
        ['Profile name [dev]:', '\r'],
        ['Server URL:', `${docsfy.url}\r`],
        ['Username:', 'admin\r'],
        ['Password:', `${docsfy.adminKey}\r`],
      ],
    })
    expect(init).toContain("Profile 'dev' saved to")
    expect(init).not.toContain(docsfy.adminKey)
    expect(await readFile(join(person.home, '.config/docsfy/config.toml'), 'utf8')).toContain(docsfy.adminKey)

    const watched = await onTerminal(person, ['generate', url, '--watch'])
    expect(watched).toMatch(/░+.* of \d+ pages/)
    expect(watched).toMatch(/✓.*Rendering site/)
    expect(await onTerminal(person, ['generate', url, '--watch', '--quiet'])).not.toMatch(/[✓█░]/)

    const table = await onTerminal(person, ['list'], { columns: 60 })
    expect(table).toContain('\u001b[32mready\u001b[39m')
    for (const line of stripVTControlCharacters(table).split(/\r?\n/)) expect(line.length).toBeLessThanOrEqual(60)
    expect(await onTerminal(person, ['list'], { env: { NO_COLOR: '1' } })).not.toContain('\u001b')
    expect(await person.ok('list')).not.toContain('\u001b')

    const declined = await onTerminal(person, ['delete', 'sample', '--all'], { answers: [['[y/N]', 'n\r']] })
    expect(declined).toContain("Delete ALL variants of 'sample' of admin?")
    expect(declined).toContain('Nothing was deleted')
    const stopped = await onTerminal(person, ['delete', 'sample', '--all'], { answers: [['[y/N]', '\u0003']] })
    expect(stopped).toContain('\r\nError: Nothing was changed')
    const left = await onTerminal(person, ['delete', 'sample', '--all'], { answers: [['[y/N]', '\u0004']] })
    expect(left).toContain('\r\nError: Nothing was changed')
    expect((await person.json('list', 'list')).length).toBe(1)
    const agreed = await onTerminal(person, ['delete', 'sample', '--all'], { answers: [['[y/N]', 'y\r']] })
    expect(agreed).toContain("Deleted all variants of 'sample'.")
  })
})

const SURROUNDINGS: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  NODE_ENV: 'production',
  NODE_COMPILE_CACHE: COMPILE_CACHE,
  TERM: 'xterm-256color',
}

/** Runs a command on a terminal of its own and answers everything that was shown on it. */
function onTerminal(person: Person, args: string[], { columns = 100, env = {}, answers = [] }: Session = {}) {
  const command = [process.execPath, MAIN, ...args].map((word) => `'${word}'`).join(' ')
  const child = spawn('script', ['-qec', `stty cols ${columns} rows 40; exec ${command}`, '/dev/null'], {
    cwd: person.home,
    env: { ...SURROUNDINGS, ...person.env, ...env },
  })
  const left = [...answers]
  let shown = ''
  let from = 0
  child.stdout.setEncoding('utf8').on('data', (text) => {
    shown += text
    const [next] = left
    const at = next ? shown.indexOf(next[0], from) : -1
    if (!next || at === -1) return
    from = at + next[0].length
    left.shift()
    child.stdin.write(next[1])
  })
  return new Promise<string>((resolve) => child.once('close', () => resolve(shown)))
}
