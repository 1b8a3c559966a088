import { expect, it } from 'vitest'
import { breakablePath, breakableType } from './breakable-path.ts'

const shown = (text: string) => breakablePath(text).text.replaceAll('<wbr>', '|')

it('lets paths break behind folders and leaves prose and short names alone', () => {
  expect(shown('src/click/decorators.py')).toBe('src/|click/|decorators.py')
  expect(shown('/api/projects/[name]')).toBe('/api/|projects/|[name]')
  expect(shown('Getting started')).toBe('Getting started')
  expect(shown('well-known')).toBe('well-known')
  expect(shown('a/<b>/c_d_e_f.ts')).toBe('a/&lt;b&gt;/c_d_e_f.ts')
})

it('lets long names break between their words, never before a short ending', () => {
  expect(shown('src/very_long-name-of-it.test.ts: Parser')).toBe('src/|very_|long-|name-|of-|it|.test.ts: Parser')
  expect(shown('ONLY_WILDCARD_REG_EXP_STR')).toBe('ONLY_|WILDCARD_|REG_|EXP_|STR')
  expect(shown('excludeFieldsWithModifiers')).toBe('exclude|Fields|With|Modifiers')
  expect(shown('test/PostConstructAdapterFactoryTest.java')).toBe('test/|Post|Construct|Adapter|Factory|Test.java')
  expect(shown('serializeNulls')).toBe('serializeNulls')
})

it('breaks types between their parts, and leaves short ones and operators whole', () => {
  expect(breakableType('Map<string,Promise<Response[]>>')?.text).toBe(
    'Map&lt;<wbr>string,<wbr>Promise&lt;<wbr>Response[]&gt;&gt;',
  )
  expect(breakableType('std::collections::HashMap')?.text).toBe('std<wbr>::collections<wbr>::HashMap')
  expect(breakableType('Map<string, T>')).toBeNull()
  expect(breakableType('AReadableStreamOfBytes')).toBeNull()
})
