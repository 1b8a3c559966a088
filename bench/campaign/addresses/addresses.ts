import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atLeast, type Goal, noneOf, type Row } from '../goal.ts'
import type { Findings } from './inside.ts'
import { FORBIDDEN, FORGE, OTHER_FORGE } from './places.ts'

const VECTORS = 120

/** B1. The network is one of its own (`unshare`), so that public addresses can be had and names can lie. */
export const addresses: Goal = {
  title: 'Addresses that lead inside: spellings, names, rebinding, redirects, with both Git engines',
  fast: true,
  measure: async () => rowsOf(await measureInside()),
}

function rowsOf(findings: Findings | string): Row[] {
  const id = 'B1'
  if (typeof findings === 'string')
    return [{ id, what: 'address vectors', figure: findings, target: `≥ ${VECTORS}`, ok: null }]
  const { vectors, reached, unclear, control, allowed } = findings
  const kinds = Object.entries(control)
  const hit = kinds.reduce((sum, [, hits]) => sum + hits, 0)
  const works = Object.values(allowed).every((told) => told === 'fetched')
  return [
    atLeast({ id, what: 'address vectors, each with both engines', figure: vectors, least: VECTORS }),
    noneOf(id, 'connections to a forbidden place', reached),
    noneOf(id, 'refusals that are not ours or tell an address', unclear),
    {
      id,
      what: 'control: connections with plain git',
      figure: `${hit} (${kinds.map(([kind, hits]) => `${kind} ${hits}`).join(', ')})`,
      target: 'every kind hits',
      ok: kinds.every(([, hits]) => hits > 0),
    },
    {
      id,
      what: 'a redirect to another public server',
      figure: Object.entries(allowed)
        .map(([engine, told]) => `${engine} ${told}`)
        .join(', '),
      target: 'fetched by both',
      ok: works,
    },
  ]
}

/** A sentence instead of findings where the kernel gives no network of our own. */
async function measureInside(): Promise<Findings | string> {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-campaign-'))
  const [hosts, resolver] = [join(folder, 'hosts'), join(folder, 'resolv.conf')]
  await writeFile(hosts, '127.0.0.1 localhost\n')
  await writeFile(resolver, 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n')
  const own = ['--user', '--map-root-user', '--net', '--mount', '--propagation', 'private']
  const setUp = [
    `mount --bind ${hosts} /etc/hosts && mount --bind ${resolver} /etc/resolv.conf && ip link set lo up`,
    ...[...FORBIDDEN, FORGE, OTHER_FORGE].map((address) => addressCommand(address)),
  ].join(' && ')
  try {
    const probe = spawnSync('unshare', [...own, 'sh', '-c', setUp], { encoding: 'utf8' })
    if (probe.status !== 0)
      return `needs unshare and ip, and a kernel that gives namespaces: ${(probe.stderr ?? String(probe.error)).trim()}`
    const script = `${setUp} && exec "$0" "$1"`
    const inside = join(import.meta.dirname, 'inside.ts')
    const child = spawn('unshare', [...own, 'sh', '-c', script, process.execPath, inside], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    let findings: Findings | null = null
    child.on('message', (told) => {
      findings = told as Findings
    })
    const code = await new Promise((resolve) => child.on('close', resolve))
    if (!findings) throw new Error(`The attack ended with exit code ${code}`)
    return findings
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function addressCommand(address: string): string {
  if (address.startsWith('127.') || address === '::1') return 'true'
  return address.includes(':') ? `ip -6 addr add ${address}/128 dev lo nodad` : `ip addr add ${address}/32 dev lo`
}
