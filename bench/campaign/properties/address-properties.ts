import fc from 'fast-check'
import { forgeBlobBase, parseRepoAddress, projectName, splitUserinfo } from '#lib/domain/repo-url.ts'
import { isDocsfyError } from '#lib/errors.ts'
import { isPublicAddress } from '#lib/git/address-guard.ts'
import { nextHop } from '#lib/git/redirect.ts'
import type { Property } from './properties.ts'

const anything = fc.string({ unit: 'binary', maxLength: 300 })
const piece = fc.oneof(
  fc.constantFrom(
    'https://',
    'http://',
    'ssh://',
    'git@',
    'ext::',
    'file:',
    '..',
    '%2e',
    '@',
    ':',
    '/',
    '\\',
    '#',
    '?',
    '.git',
    '[::1]',
    '-',
  ),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.domain(),
  fc.ipV4Extended(),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)
/** Text that is nearly an address. */
const addressLike = fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join(''))
const address = fc.oneof({ weight: 1, arbitrary: anything }, { weight: 3, arbitrary: addressLike })
const secret = fc.stringMatching(/^[A-Za-z0-9%._~-]{8,40}$/)

export const addressProperties: Property[] = [
  {
    what: 'an address is parsed or refused with a sentence',
    property: fc.property(address, (text) => {
      const parsed = parseRepoAddress(text)
      if (!parsed.ok) return parsed.reason.length > 10
      return URL.canParse(parsed.address.canonicalUrl) && !/[\s\0]/.test(parsed.address.fetchUrl)
    }),
  },
  {
    what: 'an accepted address is https, http or ssh, without secrets, query and climbing',
    property: fc.property(address, (text) => {
      const parsed = parseRepoAddress(text)
      if (!parsed.ok) return true
      const url = new URL(parsed.address.fetchUrl)
      const isClean =
        url.password === '' && url.search === '' && url.hash === '' && !/\/\.\.(?:\/|$)/.test(url.pathname)
      return /^(?:https?|ssh):$/.test(url.protocol) && isClean && !text.trim().startsWith('-')
    }),
  },
  {
    what: 'the canonical form of an accepted address is its own canonical form',
    property: fc.property(address, (text) => {
      const parsed = parseRepoAddress(text)
      if (!parsed.ok) return true
      const again = parseRepoAddress(parsed.address.fetchUrl)
      return again.ok && again.address.canonicalUrl === parsed.address.canonicalUrl
    }),
  },
  {
    what: 'user and token leave an address and come out as they were meant',
    property: fc.property(secret, secret, fc.domain(), (username, token, domain) => {
      const text = `https://${encodeURIComponent(username)}:${encodeURIComponent(token)}@${domain}/a/b`
      const { address: rest, credential } = splitUserinfo(text)
      return !rest.includes('@') && credential?.username === username && credential.token === token
    }),
  },
  {
    what: 'nothing that looks like an address breaks the splitting of user and token',
    property: fc.property(address, (text) => typeof splitUserinfo(text).address === 'string'),
  },
  {
    what: 'a project has a name that is safe in addresses and folders',
    property: fc.property(anything, (text) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(projectName(text))),
  },
  {
    what: 'a link to a forge is an https or http address, or none',
    property: fc.property(address, (text) => /^(?:https?:\/\/.*\/)?$/.test(forgeBlobBase(text, 'c'.repeat(40)) ?? '')),
  },
  {
    what: 'a redirect leads to an address without our secret, or is refused',
    property: fc.property(address, (location) => {
      const from = { url: new URL('https://forge.test/a'), headers: { authorization: 'Basic secret' } }
      try {
        const { url, headers } = nextHop(from, location)
        return url.protocol !== 'http:' && (url.origin === from.url.origin || !('authorization' in headers))
      } catch (error) {
        return isDocsfyError(error)
      }
    }),
  },
  {
    what: 'no private, loopback or embedded address counts as public',
    property: fc.property(
      fc.constantFrom(
        '10.',
        '127.',
        '192.168.',
        '169.254.',
        '172.16.',
        '100.64.',
        '0.',
        '224.',
        '::ffff:',
        'fe80::',
        'fd',
        '2002:',
        '64:ff9b::',
        '2001:db8::',
      ),
      fc.ipV4(),
      fc.ipV6(),
      (prefix, v4, v6) => {
        const bytes = v4.split('.')
        const dots = prefix.split('.').length - 1
        const whole = prefix.includes(':') || prefix === 'fd' ? prefix + v6 : prefix + bytes.slice(dots).join('.')
        return !isPublicAddress(whole)
      },
    ),
  },
]
