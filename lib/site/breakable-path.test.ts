import { expect, it } from 'vitest'
import { breakablePath } from './breakable-path.ts'

const shown = (text: string) => breakablePath(text).text.replaceAll('<wbr>', '|')

it('lets paths and long names break behind separators and before an ending, and leaves prose and short names alone', () => {
  expect(shown('src/click/decorators.py')).toBe('src/|click/|decorators|.py')
  expect(shown('src/very_long-name.test.ts: Parser')).toBe('src/|very_|long-|name|.test|.ts: Parser')
  expect(shown('Getting started')).toBe('Getting started')
  expect(shown('well-known')).toBe('well-known')
  expect(shown('a/<b>/c_d_e_f.ts')).toBe('a/&lt;b&gt;/c_d_e_f.ts')
})
