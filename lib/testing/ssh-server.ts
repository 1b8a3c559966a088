import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '#lib/testing/free-port.ts'

const SSHD = ['/usr/sbin/sshd', '/usr/bin/sshd'].find(existsSync)

/** Whether this machine can serve ssh for a test: the OpenSSH server is installed and has what it needs. */
export const canServeSsh =
  SSHD !== undefined && (process.getuid?.() !== 0 || existsSync('/run/sshd') || makeRunFolder())

export interface SshServer {
  /** `ssh://user@127.0.0.1:PORT`, to be followed by an absolute path. */
  url: string
  /** A private key that is let in, and one that is not. */
  keyFile: string
  strangerKeyFile: string
  /** Lists this server's host key; the other file lists another one for it. */
  knownHostsFile: string
  forgedHostsFile: string
  close(): Promise<void>
}

/** A real OpenSSH server on 127.0.0.1, a free port, for the user that runs the test. */
export async function serveSsh(): Promise<SshServer> {
  const folder = mkdtempSync(join(tmpdir(), 'docsfy-ssh-'))
  const file = (name: string) => join(folder, name)
  for (const name of ['host', 'other-host', 'client', 'stranger'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)])
  const port = await freePort()
  writeFileSync(file('authorized'), readFileSync(file('client.pub')))
  for (const [list, key] of [
    ['known', 'host.pub'],
    ['forged', 'other-host.pub'],
  ] as const)
    writeFileSync(file(list), `[127.0.0.1]:${port} ${readFileSync(file(key), 'utf8')}`)
  const lines = [`HostKey ${file('host')}`, `AuthorizedKeysFile ${file('authorized')}`, `PidFile ${file('pid')}`]
  const further = [
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin yes',
    'AcceptEnv GIT_PROTOCOL',
  ]
  writeFileSync(file('config'), [...lines, ...further, `Port ${port}`, 'ListenAddress 127.0.0.1', ''].join('\n'))
  chmodSync(file('client'), 0o600)
  const child = spawn(String(SSHD), ['-D', '-e', '-f', file('config')], { stdio: 'ignore' })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  await untilListening(port)
  return {
    url: `ssh://${userInfo().username}@127.0.0.1:${port}`,
    keyFile: file('client'),
    strangerKeyFile: file('stranger'),
    knownHostsFile: file('known'),
    forgedHostsFile: file('forged'),
    async close() {
      child.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function makeRunFolder(): boolean {
  try {
    mkdirSync('/run/sshd', { mode: 0o755 })
    return true
  } catch {
    return false
  }
}

async function untilListening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    socket.destroy()
    if (isOpen) return
    await sleep(50)
  }
  throw new Error('The ssh server did not start')
}
