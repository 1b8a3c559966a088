import { styleText } from 'node:util'
import { parsePlan, planPages } from '#lib/domain/plan.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { STAGE_LABELS, type Stage } from '#lib/domain/stages.ts'
import { duration, oneLine } from './output.ts'
import type { Progress } from './progress.ts'

const REDRAW_MS = 50
const BAR_WIDTH = 24
const CLEAR_LINE = '\r\u001b[K'

const MARKS = {
  done: ['green', '✓'],
  degraded: ['yellow', '!'],
  failed: ['red', '✗'],
  aborted: ['yellow', '■'],
} as const

interface Shown {
  stage: Stage | null
  message: string
  done: number
  total: number
}

/** Progress on a terminal: finished stages as lines, below them one line that is drawn again and again. */
export function progressBar(terminal: NodeJS.WriteStream): Progress {
  const shown: Shown = { stage: null, message: '', done: 0, total: 0 }
  let plannedPages = 0
  let drawnMs = 0
  const timer = setInterval(draw, 250).unref()

  function draw(): void {
    drawnMs = performance.now()
    if (shown.stage) terminal.write(`${CLEAR_LINE}${statusLine(shown, terminal)}`)
  }

  function line(text: string): void {
    terminal.write(`${CLEAR_LINE}${text}\n`)
  }

  function event(event: RunEvent): void {
    if (event.kind === 'plan_ready') plannedPages = pagesOf(event)
    if (event.kind === 'warning') line(`${paint(terminal, 'yellow', '!')} ${oneLine(event.message)}`)
    if (event.kind === 'stage_finished') {
      const [colour, mark] = MARKS[event.outcome]
      line(`${paint(terminal, colour, mark)} ${STAGE_LABELS[event.stage]}  ${duration(event.duration_ms)}`)
      shown.stage = null
    }
    show(shown, event, plannedPages)
    if (event.kind === 'stage_started' || performance.now() - drawnMs > REDRAW_MS) draw()
  }

  function end(): void {
    clearInterval(timer)
    terminal.write(CLEAR_LINE)
  }

  return { event, end }
}

function pagesOf(event: { plan_json: string; total_pages: number }): number {
  const plan = parsePlan(event.plan_json)
  return plan ? planPages(plan).length : event.total_pages
}

function show(shown: Shown, event: RunEvent, plannedPages: number): void {
  if (event.kind === 'stage_started')
    Object.assign(shown, {
      stage: event.stage,
      message: '',
      done: 0,
      total: event.stage === 'generating_pages' ? plannedPages : 0,
    })
  else if (event.kind === 'stage_progress')
    Object.assign(shown, { message: event.message, done: event.done ?? 0, total: event.total ?? 0 })
  else if (event.kind === 'page_written')
    Object.assign(shown, { message: event.title, done: event.page_count, total: plannedPages })
}

function statusLine({ stage, message, done, total }: Shown, terminal: NodeJS.WriteStream): string {
  const label = stage ? STAGE_LABELS[stage] : ''
  const unit = stage === 'generating_pages' ? ' pages' : ''
  const percent = total > 0 ? Math.floor((100 * Math.min(done, total)) / total) : 0
  const count = total > 0 ? `${done} of ${total}${unit} (${percent}%)` : ''
  const filled = total > 0 ? Math.round((BAR_WIDTH * Math.min(done, total)) / total) : 0
  const bar = total > 0 ? `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}` : ''
  const room = (terminal.columns || 80) - 1 - [label, bar, count].filter(Boolean).join('  ').length - 2
  const words = room > 8 ? cut(oneLine(message), room) : ''
  return [paint(terminal, 'bold', label), paint(terminal, 'cyan', bar), count, words].filter(Boolean).join('  ')
}

function cut(text: string, width: number): string {
  const characters = [...text]
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`
}

function paint(stream: NodeJS.WriteStream, style: Parameters<typeof styleText>[0], text: string): string {
  return text && styleText(style, text, { stream })
}
