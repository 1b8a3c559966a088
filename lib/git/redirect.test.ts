import { expect, it } from 'vitest'
import { nextHop } from './redirect.ts'

const hop = { url: new URL('https://forge.test/a/b'), headers: { Authorization: 'secret', accept: 'x' } }

it('follows relative addresses with all headers', () => {
  expect(nextHop(hop, '/c').url.href).toBe('https://forge.test/c')
  expect(nextHop(hop, 'https://FORGE.test:443/c').headers).toEqual(hop.headers)
})

it.each(['https://other.test/c', 'https://forge.test:8443/c', '//other.test/c'])(
  'drops Authorization on %s',
  (location) => {
    expect(nextHop(hop, location).headers).toEqual({ accept: 'x' })
  },
)

it('does not follow from https to http', () => {
  expect(() => nextHop(hop, 'http://forge.test/c')).toThrow('from https to http')
})
