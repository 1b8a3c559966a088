import { Command } from 'commander'
import { expect, it, vi } from 'vitest'
import { serverFlags, withServerOptions } from '#cli/commands/serve.ts'
import { createProgram } from '#cli/program.ts'
import { withServerFlags } from '#cli/server-command.ts'

it('a server listens where it was told, before or behind the command, which counts first', async () => {
  const places = [
    ['--port', '9001', 'serve'],
    ['serve', '--port', '9001'],
    ['--port', '1', '--host', '127.0.0.2', 'serve', '--port', '9001'],
  ]
  const given = await Promise.all(places.map(flagsOf))
  expect(given).toEqual([{ port: 9001 }, { port: 9001 }, { port: 9001, host: '127.0.0.2' }])
})

it('a command that asks no server refuses to be told which', async () => {
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const refused = createProgram().parseAsync(['--password', 'secret', 'completion', 'bash'], { from: 'user' })
  await expect(refused).rejects.toMatchObject({ exitCode: 1 })
  const told = stderr.mock.calls.join('')
  stderr.mockRestore()
  expect(told).toContain('Error: "docsfy completion" asks no server: leave out --password')
  expect(told).not.toContain('secret')
})

it('a server is asked for a plan only when the command line says so, whatever the environment says', async () => {
  vi.stubEnv('DOCSFY_SERVER', 'http://127.0.0.1:1')
  vi.stubEnv('DOCSFY_API_KEY', '')
  vi.stubEnv('XDG_CONFIG_HOME', '/nowhere')
  const planned = (...args: string[]) => createProgram().parseAsync(['plan', 'absent', ...args], { from: 'user' })
  await expect(planned()).rejects.toThrow('There is no folder')
  await expect(planned('--on-server')).rejects.toThrow('No key is known for http://127.0.0.1:1')
  await expect(planned('--port', '2')).rejects.toThrow('No key is known for http://127.0.0.1:2')
  vi.unstubAllEnvs()
  expect(await shown(['plan', 'absent', '--on-server', '-o', 'site'])).toContain('leave out --out')
  expect(await shown(['plan', 'absent', '--owner', 'ann'])).toContain('add --on-server')
})

it('help shows any command, however deep, and wrong usage is told without what was typed as a value', async () => {
  expect(await shown(['help', 'admin', 'users', 'create'])).toMatch(/^Usage: docsfy admin users create /)
  expect(await shown(['help', 'admin', 'x'])).toMatch(/^Error: Unknown command 'x'\n/)
  expect(await shown(['list', '--json=secret'])).toMatch(/^Error: Unknown option '--json' with a value\n/)
  expect(await shown(['list', '--json=1'])).toMatch(/^Error: Unknown option '--json' with a value\nRun /)
  expect(await shown(['health', 'secret'])).toMatch(
    /^Error: Too many arguments for 'health'. Expected 0 arguments but got 1.\n/,
  )
})

/** Everything a command that only says something writes. */
async function shown(args: string[]): Promise<string> {
  const streams = [process.stdout, process.stderr].map((one) => vi.spyOn(one, 'write').mockReturnValue(true))
  await createProgram()
    .parseAsync(args, { from: 'user' })
    .catch(() => {})
  const text = streams.flatMap((stream) => stream.mock.calls.map(([chunk]) => String(chunk))).join('')
  for (const stream of streams) stream.mockRestore()
  return text
}

async function flagsOf(args: string[]) {
  let flags = {}
  const serve = withServerOptions(new Command('serve')).action((_, command) => {
    flags = serverFlags(command)
  })
  await withServerFlags(new Command('docsfy'))
    .enablePositionalOptions()
    .addCommand(serve)
    .parseAsync(args, { from: 'user' })
  return flags
}
