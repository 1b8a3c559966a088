import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { expect, it } from 'vitest'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { progressBar } from './progress-bar.ts'
import { progressLines } from './progress-lines.ts'

const EVENTS: RunEvent[] = [
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

it('draws finished stages as lines and the running one as a bar no wider than the terminal', () => {
  const terminal = Object.assign(new PassThrough(), { columns: 70, isTTY: true }) as unknown as NodeJS.WriteStream
  const progress = progressBar(terminal)
  for (const event of EVENTS) progress.event(event)
  progress.event({ kind: 'stage_started', stage: 'validating' })
  progress.event({ kind: 'stage_finished', stage: 'validating', outcome: 'failed', duration_ms: 10 })
  progress.end()
  const raw = String(terminal.read())
  const text = stripVTControlCharacters(raw)
  expect(text).toContain('✓ Cloning repository  1.2 s\n')
  expect(text).toContain('✗ Validating pages  0.0 s\n')
  expect(text).toContain('! Something is odd\n')
  expect(text).toMatch(/Generating pages {2}░+ {2}0 of 2 pages \(0%\)/)
  expect(raw).not.toContain('\u001b[2J')
  for (const line of text.split(/[\r\n]/)) expect([...line].length).toBeLessThan(70)
})
