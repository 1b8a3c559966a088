export interface DashboardLoad {
  eventsPerSecond: number
  durationMs: number
  /** Counting asks for every frame and scrolls the list, so it is kept apart from measuring the processor. */
  countFrames: boolean
}

export interface LoadResult {
  frames: number
  longestFrameMs: number
  elapsedMs: number
}

interface WatchedWindow {
  feed?: WebSocket
  lastSeq?: number
}

/** Runs in the page before anything else: keeps the live socket and the number of its last frame. */
export function watchSocketInPage(): void {
  const page = window as unknown as WatchedWindow & { WebSocket: typeof WebSocket }
  const Native = page.WebSocket
  page.WebSocket = class extends Native {
    constructor(address: string | URL) {
      super(address)
      page.feed = this
      this.addEventListener('message', ({ data }) => {
        page.lastSeq = JSON.parse(data).seq ?? page.lastSeq
      })
    }
  }
}

/** Runs in the page: tells the client of pages written in four variants, as the socket would, and counts what is drawn. */
export async function loadInPage({ eventsPerSecond, durationMs, countFrames }: DashboardLoad): Promise<LoadResult> {
  const page = window as unknown as WatchedWindow
  const startedAt = performance.now()
  const result: LoadResult = { frames: 0, longestFrameMs: 0, elapsedMs: 0 }
  let seq = page.lastSeq ?? 0
  let told = 0
  const timer = setInterval(() => {
    const variant = told % 4
    const count = Math.floor(told / 4) + 1
    told += 1
    seq += 1
    page.lastSeq = seq
    const written = {
      kind: 'page_written',
      slug: `page-${count}`,
      title: `Page ${count}`,
      page_count: count,
      kept: false,
    }
    const frame = {
      type: 'progress',
      owner: 'admin',
      name: 'bench-00',
      branch: `branch-${variant}`,
      provider: 'builtin',
      model: 'static',
      generation_id: `g${variant}`,
      status: 'generating',
      current_stage: 'generating_pages',
      page_count: count,
      seq,
      run_id: `run-${variant}-${startedAt}`,
      event: { seq: count, at: new Date().toISOString(), event: written },
    }
    page.feed?.onmessage?.(new MessageEvent('message', { data: JSON.stringify(frame) }))
  }, 1000 / eventsPerSecond)
  if (countFrames) countFrom(performance.now())
  await new Promise((resolve) => setTimeout(resolve, durationMs))
  clearInterval(timer)
  result.elapsedMs = performance.now() - startedAt
  return result

  function countFrom(lastMs: number): void {
    requestAnimationFrame((nowMs) => {
      result.frames += 1
      result.longestFrameMs = Math.max(result.longestFrameMs, nowMs - lastMs)
      document.querySelector('nav[aria-label="Documentation sets"]')?.scrollBy(0, 12)
      if (result.elapsedMs === 0) countFrom(nowMs)
    })
  }
}
