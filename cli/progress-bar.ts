import { styleText } from 'node:util'
import { parsePlan, planPages } from '#lib/domain/plan.ts'
import { parsePlanUpdate } from '#lib/domain/plan-update.ts'
import { type RunEvent, waitingText } from '#lib/domain/run-events.ts'
import { STAGE_LABELS, type Stage } from '#lib/domain/stages.ts'
import { duration, oneLine } from './output.ts'
import type { Progress } from './progress.ts'
import { cutText, textWidth } from './text-width.ts'
import { updateLines } from './update-lines.ts'

const REDRAW_MS = 50
const BAR_WIDTH = 24
/** Pages whose change is told above the bar. */
const SHOWN_CHANGES = 8
const LEAST_BAR_WIDTH = 8
const LEAST_WORDS_WIDTH = 8
const GAP = '  '
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
    if (shown.stage || shown.message) terminal.write(`${CLEAR_LINE}${statusLine(shown, terminal)}`)
  }

  function line(text: string): void {
    terminal.write(`${CLEAR_LINE}${text}\n`)
  }

  function event(event: RunEvent): void {
    if (event.kind === 'plan_ready') {
      plannedPages = pagesOf(event)
      const update = parsePlanUpdate(event.plan_json)
      if (update) for (const told of updateLines(update, SHOWN_CHANGES)) line(`  ${told}`)
    }
    if (event.kind === 'warning') line(`${paint(terminal, 'yellow', '!')} ${oneLine(event.message)}`)
    if (event.kind === 'stage_finished') {
      const [colour, mark] = MARKS[event.outcome]
      line(`${paint(terminal, colour, mark)} ${STAGE_LABELS[event.stage]}  ${duration(event.duration_ms)}`)
      shown.stage = null
      shown.message = ''
    }
    show(shown, event, plannedPages)
    if (event.kind === 'waiting' || event.kind === 'stage_started' || performance.now() - drawnMs > REDRAW_MS) draw()
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
  else if (event.kind === 'waiting') shown.message = waitingText(event.ahead)
  else if (event.kind === 'stage_progress')
    Object.assign(shown, { message: event.message, done: event.done ?? 0, total: event.total ?? 0 })
  else if (event.kind === 'page_written')
    Object.assign(shown, { message: event.title, done: event.page_count, total: plannedPages })
}

/** One line, never wider than the terminal: a second one could not be drawn over. The bar gives way first, then the words. */
function statusLine({ stage, message, done, total }: Shown, terminal: NodeJS.WriteStream): string {
  const width = (terminal.columns || 80) - 1
  const label = cutText(stage ? STAGE_LABELS[stage] : '', width)
  const share = Math.min(1, total > 0 ? done / total : 0)
  const unit = stage === 'generating_pages' ? ' pages' : ''
  const wanted = total > 0 ? `${done} of ${total}${unit} (${Math.floor(100 * share)}%)` : ''
  const count = roomBehind(width, label) >= wanted.length ? wanted : ''
  const barWidth = total > 0 ? Math.min(BAR_WIDTH, roomBehind(width, label, count)) : 0
  const filled = Math.round(barWidth * share)
  const bar = barWidth >= LEAST_BAR_WIDTH ? `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}` : ''
  const room = roomBehind(width, label, bar, count)
  const words = room >= LEAST_WORDS_WIDTH ? cutText(oneLine(message), room) : ''
  return [paint(terminal, 'bold', label), paint(terminal, 'cyan', bar), count, words].filter(Boolean).join(GAP)
}

/** Columns that are left behind these parts for one more. */
function roomBehind(width: number, ...parts: string[]): number {
  return parts.filter(Boolean).reduce((room, part) => room - textWidth(part) - GAP.length, width)
}

function paint(stream: NodeJS.WriteStream, style: Parameters<typeof styleText>[0], text: string): string {
  return text && styleText(style, text, { stream })
}
