import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { inlineScript } from '#lib/site/site-assets.ts'

/** By the clock of the page, after it has loaded and drawn twice: what runs by itself has run by then. */
const WATCHED_MS = 60
/** A bound for a browser that hangs, not for a machine that is busy. */
const WITHIN_MS = 600_000

/** What became of a page, at one moment of a visit. */
export interface Sight {
  /** What was looked at. */
  view: string
  /** Scripts of a payload that ran. */
  ran: number
  /** What is in the document that should not be: handlers, addresses that run, foreign elements; or what did not work. */
  dangers: string[]
  /** Requests to anywhere but the site, and windows that opened. */
  elsewhere: string[]
}

/** Something a reader does, for what is seen then. */
export interface Act {
  view: string
  /** False where the page has nothing of the kind: then there is no sight. */
  do(page: Page): Promise<unknown>
}

/** A page to open, and what to do there. */
export interface Visit {
  path: string
  view: string
  /** Where the page leads by itself. */
  leadsTo?: string
  acts?: Act[]
}

export interface Visitor {
  /** Opens an address, looks at it, and looks again after each act. */
  visit(url: string, { view, leadsTo, acts }: Omit<Visit, 'path'>): Promise<Sight[]>
  close(): Promise<void>
}

export interface VisitorHouse {
  open(): Promise<Visitor>
  /** Opens an address in a page of its own, which nothing it leads to outlives, and answers whether a script ran. */
  tryOut(url: string): Promise<boolean>
  close(): Promise<void>
}

/** A Chromium without a way out. */
export async function startVisitors(): Promise<VisitorHouse> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
    timeout: WITHIN_MS,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  })
  const viewport = { width: 1000, height: 700 }
  const finder = await inlineScript()
  const trials = await openTrials(await browser.newContext({ viewport }))
  return {
    open: async () => openVisitor(await browser.newContext({ viewport }), finder),
    tryOut: trials,
    close: () => browser.close(),
  }
}

async function openTrials(context: BrowserContext): Promise<(url: string) => Promise<boolean>> {
  const ran = new Set<Page>()
  context.setDefaultTimeout(WITHIN_MS)
  await watchCalls(context, (page) => ran.add(page))
  return async (url) => {
    const page = await context.newPage()
    page.on('popup', (opened) => void opened.close())
    await page.goto(url, { waitUntil: 'load' }).catch(() => undefined)
    await page.evaluate(watched, WATCHED_MS).catch(() => undefined)
    await page.close()
    return ran.delete(page)
  }
}

/** Every payload calls one of these. */
async function watchCalls(context: BrowserContext, tell: (page: Page) => void): Promise<void> {
  await context.exposeBinding('docsfyRan', ({ page }) => tell(page))
  await context.addInitScript(() => {
    const told = () => (window as unknown as { docsfyRan(): void }).docsfyRan()
    Object.assign(window, { alert: told, confirm: told, prompt: told, print: told })
  })
}

/** `ownScript` is the only one that may stand in a page. */
async function openVisitor(context: BrowserContext, ownScript: string): Promise<Visitor> {
  const seen: { ran: number; elsewhere: string[] } = { ran: 0, elsewhere: [] }
  context.setDefaultTimeout(WITHIN_MS)
  await watchCalls(context, () => {
    seen.ran += 1
  })
  const page = await context.newPage()
  page.on('dialog', (dialog) => void dialog.dismiss())
  context.on('page', (opened) => {
    seen.elsewhere.push(`a window with ${opened.url()}`)
    void opened.close()
  })
  context.on('request', (request) => {
    if (!/^(?:http:\/\/127\.0\.0\.1:|data:|about:|blob:)/.test(request.url())) seen.elsewhere.push(request.url())
  })

  async function look(act: Act): Promise<Sight | null> {
    seen.ran = 0
    seen.elsewhere = []
    let failure: string | null = null
    const done = await act.do(page).catch((error: Error) => {
      failure = error.message.split('\n', 1)[0] ?? ''
    })
    if (done === false) return null
    const dangers = await page
      .evaluate(watched, WATCHED_MS)
      .then(() => page.evaluate(findDangers, ownScript))
      .catch(() => ['the document went away'])
    if (failure !== null) dangers.push(`it does not work, at ${page.url().slice(0, 120)}: ${failure}`)
    return { view: act.view, ran: seen.ran, dangers, elsewhere: seen.elsewhere }
  }

  return {
    async visit(url, { view, leadsTo, acts = [] }) {
      const sights: Sight[] = []
      const open = async () => {
        await page.goto(url, { waitUntil: leadsTo ? 'commit' : 'load' })
        if (leadsTo) await page.waitForURL(leadsTo, { waitUntil: 'load' })
      }
      for (const act of [{ view, do: open }, ...acts]) {
        const sight = await look(act)
        if (sight) sights.push(sight)
      }
      return sights
    },
    close: () => context.close(),
  }
}

/** Runs in the page: its load has ended, so what fails to load has failed; focus and animations come with drawing. */
async function watched(ms: number): Promise<void> {
  const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve))
  await drawn()
  await drawn()
  await new Promise((resolve) => setTimeout(resolve, ms))
}

/** Runs in the page. */
function findDangers(ownScript: string): string[] {
  const found: string[] = []
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName
    const own = element.outerHTML.slice(0, 120)
    // A script of ours places a card by its style, and the site as one file has its own style sheet.
    const isOurs = element.id === 'docsfy.card' || (name === 'style' && element.matches('head > style:only-of-type'))
    for (const { name: attribute } of element.attributes)
      if (/^on|^style$|^srcdoc$|^formaction$/.test(attribute) && !isOurs) found.push(own)
    if (/^(?:iframe|frame|object|embed|base|form|style|foreignobject|math|template|portal)$/i.test(name) && !isOurs)
      found.push(own)
    if (
      name === 'script' &&
      element.textContent !== ownScript &&
      !/\/(?:assets|search|receipts|signatures|users)\/[\w.-]+\.js/.test((element as HTMLScriptElement).src)
    )
      found.push(own)
    const address =
      element.getAttribute('href') ?? element.getAttribute('xlink:href') ?? element.getAttribute('src') ?? ''
    const { protocol } = new URL(address, 'https://base.test')
    if (!/^(?:https?|mailto):$/.test(protocol) && !(name === 'img' && protocol === 'data:')) found.push(own)
  }
  return found
}
