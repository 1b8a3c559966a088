import { expect, it } from 'vitest'
import { wrapSignature } from '#lib/writers/builtin/signature.ts'

it('leaves a narrow declaration on its line', () => {
  expect(wrapSignature('function add(a: number, b = 1): number')).toBe('function add(a: number, b = 1): number')
})

it('writes long type parameters one a line, and the alternatives after them', () => {
  const wide =
    'type Parse<Body extends string | Buffer, Server extends RawServer = RawServerDefault> = ((body: Body) => Map<string, Server | undefined>) | ((server: Server) => Promise<Body | undefined>)'
  expect(wrapSignature(wide).split('\n')).toEqual([
    'type Parse<',
    '  Body extends string | Buffer,',
    '  Server extends RawServer = RawServerDefault',
    '> =',
    '  | ((body: Body) => Map<string, Server | undefined>)',
    '  | ((server: Server) => Promise<Body | undefined>)',
  ])
})
