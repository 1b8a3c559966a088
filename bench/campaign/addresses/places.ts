import type { Zone } from './name-server.ts'

/** Two addresses of the world outside, where honest servers are. */
export const FORGE = '93.184.216.34'
export const OTHER_FORGE = '151.101.1.140'

/** Addresses nothing may be sent to: loopback, private, link-local, carrier, test networks, multicast's neighbours, embedded IPv4. */
export const FORBIDDEN = [
  ...['127.0.0.1', '127.255.255.254', '10.1.2.3', '172.16.5.4', '172.31.255.254', '192.168.1.1', '169.254.169.254'],
  ...['100.64.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.7', '203.0.113.9'],
  ...['::1', 'fd00::1', 'fc00::1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', '2001::1', '3fff::1'],
]

/** Ways to write a forbidden address as a host. */
export const SPELLINGS = [
  ...FORBIDDEN.map((address) => (address.includes(':') ? `[${address}]` : address)),
  ...['127.1', '127.0.1', '127.0.0.1.', '2130706433', '0x7f000001', '0x7f.1', '0x7F.0x0.0x0.0x1', '0177.0.0.1'],
  ...['017700000001', '0', '0.0.0.0', '①②⑦.0.0.1', '127。0。0。1', '%31%32%37.0.0.1', '10.66051', '0xa010203'],
  ...['3232235777', '0251.0376.0251.0376', '2852039166', 'localhost', 'localhost.', 'LOCALHOST'],
  ...['[0:0:0:0:0:0:0:1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:a9fe:a9fe]', '[::ffff:10.1.2.3]'],
]

/** Names whose answers hold a forbidden address, alone or among others. */
export const ZONE: Zone = {
  'forge.test': () => [FORGE],
  'other.test': () => [OTHER_FORGE],
  'loop.test': () => ['127.0.0.1'],
  'loop6.test': () => ['::1'],
  'cloud.test': () => ['169.254.169.254'],
  'inside.test': () => ['10.1.2.3'],
  'carrier.test': () => ['100.64.0.1'],
  'unique.test': () => ['fd00::1'],
  'embedded.test': () => ['64:ff9b::7f00:1'],
  'six-to-four.test': () => ['2002:7f00:1::'],
  'first-public.test': () => [FORGE, '127.0.0.1'],
  'last-public.test': () => ['127.0.0.1', FORGE],
  'public-and-loop6.test': () => [FORGE, '::1'],
  'many.test': () => [FORGE, OTHER_FORGE, '93.184.216.34', '10.1.2.3', OTHER_FORGE],
  'rebinds.test': (asked) => [asked === 0 ? FORGE : '127.0.0.1'],
  'rebinds-later.test': (asked) => [asked < 2 ? FORGE : '169.254.169.254'],
  'rebinds-at-once.test': (asked) => (asked === 0 ? [FORGE] : ['127.0.0.1', '10.1.2.3']),
}

export const FORBIDDEN_NAMES = Object.keys(ZONE).filter((name) => !/^(?:forge|other|rebinds.*)\.test$/.test(name))
export const REBINDING_NAMES = Object.keys(ZONE).filter((name) => name.startsWith('rebinds'))
