import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isDocsfyError } from '#lib/errors.ts'
import { checkedAddresses, isPublicAddress } from './address-guard.ts'
import { fetchRepository } from './fetch-repository.ts'
import { guardedHttp } from './http-plugin.ts'

const closed = { allowedHosts: [], allowPrivateHosts: false }
const connections: string[] = []
const canary = createServer((_request, response) => response.end('reached'))
canary.on('connection', (socket) => connections.push(String(socket.remoteAddress)))
let port = 0

beforeAll(async () => {
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve))
  port = (canary.address() as AddressInfo).port
})
afterAll(() => canary.close())

async function refusal(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return isDocsfyError(error) ? { code: error.code, message: error.message } : { code: null, message: String(error) }
}

describe('loopback in any spelling', () => {
  const spellings = [
    '127.0.0.1',
    '127.1',
    '127.0.0.1.',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
    '127.255.255.254',
    '0',
    '0.0.0.0',
    '①②⑦.0.0.1',
    '127。0。0。1',
    'localhost',
    'localhost.',
    'LOCALHOST',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
  ]
  it.each(spellings)('is refused without a connection: %s', async (host) => {
    const signal = new AbortController().signal
    const http = guardedHttp({ network: closed, maxBytes: 1000, signal })
    const { code } = await refusal(http.request({ url: `http://${host}:${port}/r/info/refs` }))
    expect(code).toBe('refused_address')
    expect(connections).toEqual([])
  })

  it.each(['builtin', 'system'] as const)('is refused by the %s engine, also over ssh', async (engine) => {
    const network = { ...closed, engine, ssh: { keyFile: '/nonexistent', knownHostsFile: '/nonexistent' } }
    for (const url of spellings.flatMap((host) => [`http://${host}:${port}/r`, `ssh://git@${host}:${port}/r`])) {
      const signal = AbortSignal.timeout(20_000)
      const limits = { maxRepoBytes: 1e6, maxRepoFiles: 10, cloneTimeoutMs: 20_000 }
      const request = { url, branch: null, storeDir: '/nonexistent/store', limits, network, signal, progress() {} }
      expect({ url, ...(await refusal(fetchRepository(request))) }).toMatchObject({ url, code: 'refused_address' })
    }
    expect(connections).toEqual([])
  })

  it('reaches the canary from a git without the guard', async () => {
    for (const host of ['127.1', '2130706433', '0x7f.1', 'localhost', '[::ffff:127.0.0.1]'])
      await promisify(execFile)('git', ['ls-remote', `http://${host}:${port}/r`]).catch(() => null)
    expect(connections.length).toBeGreaterThanOrEqual(4)
    connections.length = 0
  })
})

describe('checkedAddresses', () => {
  const at =
    (...addresses: string[]) =>
    () =>
      Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))

  it('answers every address of a public host, resolved once', async () => {
    let calls = 0
    const resolveHost = () => {
      calls += 1
      return at('93.184.216.34', '2606:2800:220:1::1')()
    }
    const addresses = await checkedAddresses(new URL('https://forge.test/a/b'), closed, resolveHost)
    expect(addresses.map(({ address }) => address)).toEqual(['93.184.216.34', '2606:2800:220:1::1'])
    expect(calls).toBe(1)
  })

  it('refuses a host when only one of its addresses is private, and does not say which', async () => {
    const url = new URL('https://forge.test/a/b')
    const { code, message } = await refusal(checkedAddresses(url, closed, at('93.184.216.34', '10.1.2.3')))
    expect(code).toBe('refused_address')
    expect(message).toContain('forge.test')
    expect(message).not.toContain('10.1.2.3')
  })

  it('refuses a host that cannot be resolved', async () => {
    const fails = () => Promise.reject(new Error('SERVFAIL'))
    expect(await refusal(checkedAddresses(new URL('https://forge.test/'), closed, fails))).toMatchObject({
      code: 'refused_address',
    })
    expect(await refusal(checkedAddresses(new URL('https://forge.test/'), closed, at()))).toMatchObject({
      code: 'refused_address',
    })
  })

  it('contacts only the allowed hosts when there is a list', async () => {
    const network = { allowedHosts: ['Forge.test'], allowPrivateHosts: false }
    const open = at('93.184.216.34')
    await expect(checkedAddresses(new URL('https://forge.test./a'), network, open)).resolves.toHaveLength(1)
    for (const host of ['other.test', 'forge.test.evil.test', 'notforge.test'])
      expect((await refusal(checkedAddresses(new URL(`https://${host}/a`), network, open))).code).toBe(
        'refused_address',
      )
  })

  it.each(['file:///etc/passwd', 'ftp://forge.test/', 'git://forge.test/', 'https://a:b@forge.test/'])(
    'refuses %s',
    async (url) => {
      expect((await refusal(checkedAddresses(new URL(url), closed, at('93.184.216.34')))).code).toBe('refused_address')
    },
  )
})

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '93.184.216.34', '2606:4700::1111', '2a00:1450:4001:81b::200e'])(
    'knows %s as public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )

  it.each([
    '10.0.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '203.0.113.9',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
    '2001::1',
    '2001:db8::1',
    '2002:808:808::1',
    '3fff::1',
    '4000::1',
    'fe80::1%eth0',
    'nonsense',
    '',
  ])('does not take %s for public', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})
