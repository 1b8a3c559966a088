import { expect, it } from 'vitest'
import { type Column, tableLines } from './table.ts'
import { cutText, textWidth } from './text-width.ts'

const COLUMNS: Column[] = [
  { title: 'NAME', least: 10 },
  { title: 'BRANCH' },
  { title: 'PAGES', least: 5, right: true },
  { title: 'GEN ID', least: 9, whole: true },
]
const ROWS = [
  ['documentation', 'main', '7', '0b9c3c0e-7a52-4c3e-9d0a-4a6a6c1b2f10'],
  ['文档', 'feature/a-branch-with-a-long-name', '112', 'd17fbd9a-6ad1-4d8f-a3a6-2d3f70b9c001'],
]

function lines(width: number | null): string[] {
  return tableLines({ columns: COLUMNS, rows: ROWS, width })
}

it('shows every cell in full where lines may be of any length', () => {
  expect(lines(null)).toEqual([
    'NAME           BRANCH                             PAGES  GEN ID',
    '-------------  ---------------------------------  -----  ------------------------------------',
    'documentation  main                                   7  0b9c3c0e-7a52-4c3e-9d0a-4a6a6c1b2f10',
    '文档           feature/a-branch-with-a-long-name    112  d17fbd9a-6ad1-4d8f-a3a6-2d3f70b9c001',
  ])
})

it.each([200, 120, 80, 60, 38])('fits a terminal of %i columns', (width) => {
  expect(lines(width)).toHaveLength(4)
  for (const line of lines(width)) expect(textWidth(line)).toBeLessThanOrEqual(width)
})

it('shows what is of no use in half whole or short, and lets the widest of the others give way', () => {
  expect(lines(80)[3]).toBe('文档           feature/a-branch-wi…    112  d17fbd9a-6ad1-4d8f-a3a6-2d3f70b9c001')
  expect(lines(60)[3]).toBe('文档           feature/a-branch-with-a-lo…    112  d17fbd9a…')
})

it('makes each row a block with everything in full where no table can be read', () => {
  expect(lines(30).slice(0, 6)).toEqual([
    'NAME    documentation',
    'BRANCH  main',
    'PAGES   7',
    'GEN ID  0b9c3c0e-7a52-4c3e-9d0a-4a6a6c1b2f10',
    '',
    'NAME    文档',
  ])
})

it('colours a cell without counting the colour as width', () => {
  const columns: Column[] = [{ title: 'STATUS', paint: (cell) => `\u001b[32m${cell}\u001b[39m` }, { title: 'X' }]
  expect(tableLines({ columns, rows: [['ok', 'y']], width: 20 })[2]).toBe('\u001b[32mok\u001b[39m      y')
})

it('counts columns as terminals draw them, and cuts nothing that is seen as one sign', () => {
  const widths = { 文档: 4, 'e\u0301': 1, '「、」': 6, ｱｲ: 2, '❤️': 2, '👨‍👩‍👧': 2, '👍🏽': 2, '🇩🇪': 2, 한글: 4, ไทย: 3 }
  for (const [text, width] of Object.entries(widths)) expect(textWidth(text), text).toBe(width)
  expect(cutText('文档文档', 5)).toBe('文档…')
  expect(cutText('ab👨‍👩‍👧👨‍👩‍👧', 5)).toBe('ab👨‍👩‍👧…')
  expect(cutText('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…')
  expect(cutText('abc', 3)).toBe('abc')
  expect(cutText('abc', 0)).toBe('')
})
