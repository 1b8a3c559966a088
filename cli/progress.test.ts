import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { expect, it, vi } from 'vitest'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { progressBar } from './progress-bar.ts'
import { progressLines } from './progress-lines.ts'
import { textWidth } from './text-width.ts'

const EVENTS: RunEvent[] = [
  { kind: 'waiting', ahead: 2 },
  { kind: 'waiting', ahead: 0 },
  { kind: 'stage_started', stage: 'cloning' },
  { kind: 'stage_progress', stage: 'cloning', message: 'Receiving', done: 1, total: 9 },
  { kind: 'stage_finished', stage: 'cloning', outcome: 'done', duration_ms: 1234 },
  { kind: 'stage_started', stage: 'planning' },
  { kind: 'plan_ready', plan_json: '{}', total_pages: 2, kept_pages: 1 },
  { kind: 'stage_finished', stage: 'planning', outcome: 'done', duration_ms: 10 },
  { kind: 'stage_started', stage: 'generating_pages' },
  { kind: 'page_written', slug: 'a', title: 'Overview', page_count: 1, kept: true },
  { kind: 'page_written', slug: 'b', title: 'Evil\u001b[2J\ntitle', page_count: 2, kept: false },
  { kind: 'warning', message: 'Something is odd' },
]

it('tells stages, pages and warnings as lines, and words inside a stage only now and then', () => {
  const lines: string[] = []
  const progress = progressLines(
    (line) => lines.push(line),
    () => 0,
  )
  for (const event of EVENTS) progress.event(event)
  expect(lines).toEqual([
    'Waiting: 2 ahead',
    'Waiting: next in line',
    'Cloning repository',
    'Cloning repository: done in 1.2 s',
    'Planning documentation',
    '  2 pages planned, 1 of them unchanged',
    'Planning documentation: done in 0.0 s',
    'Generating pages',
    '  1 of 2 pages: Overview (unchanged)',
    '  2 of 2 pages: Evil title',
    'Warning: Something is odd',
  ])
})

function drawn(columns: number, events: RunEvent[]): string {
  const terminal = Object.assign(new PassThrough(), { columns, isTTY: true }) as unknown as NodeJS.WriteStream
  vi.useFakeTimers()
  try {
    const progress = progressBar(terminal)
    for (const event of events) progress.event(event)
    vi.advanceTimersByTime(1000)
    progress.end()
    return String(terminal.read())
  } finally {
    vi.useRealTimers()
  }
}

it('draws finished stages as lines and the running one as a bar', () => {
  const raw = drawn(70, [
    ...EVENTS,
    { kind: 'stage_started', stage: 'validating' },
    { kind: 'stage_finished', stage: 'validating', outcome: 'failed', duration_ms: 10 },
  ])
  const text = stripVTControlCharacters(raw)
  expect(text).toMatch(/\rWaiting: 2 ahead\r/)
  expect(text).toContain('✓ Cloning repository  1.2 s\n')
  expect(text).toContain('✗ Validating pages  0.0 s\n')
  expect(text).toContain('! Something is odd\n')
  expect(text).toMatch(/Generating pages {2}░+ {2}0 of 2 pages \(0%\)/)
  expect(raw).not.toContain('\u001b[2J')
})

it.each([120, 70, 40, 20, 10])(
  'what is drawn over stays narrower than %i columns, whatever a page is called',
  (columns) => {
    const message = '設定ファイルの一覧 👨‍👩‍👧 '.repeat(9)
    const raw = drawn(columns, [
      { kind: 'stage_started', stage: 'generating_pages' },
      { kind: 'stage_progress', stage: 'generating_pages', message, done: 7, total: 12 },
    ])
    const over = raw.split('\r').filter((part) => !part.includes('\n'))
    for (const line of over) expect(textWidth(stripVTControlCharacters(line)), line).toBeLessThan(columns)
    if (columns >= 40) expect(raw).toContain('7 of 12 pages (58%)')
    if (columns >= 120) expect(raw).toContain('設定ファイルの一覧')
  },
)
