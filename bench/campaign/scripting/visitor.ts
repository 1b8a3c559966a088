import { type BrowserContext, chromium, type Page } from '@playwright/test'

const WATCHED_MS = 40

/** What became of a visit. */
export interface Visit {
  /** Scripts of a payload that ran. */
  ran: number
  /** What is in the document that should not be: handlers, addresses that run, foreign elements. */
  dangers: string[]
  /** Requests to anywhere but the site. */
  elsewhere: string[]
}

export interface Visitor {
  visit(url: string, act?: (page: Page) => Promise<void>): Promise<Visit>
  close(): Promise<void>
}

export interface VisitorHouse {
  open(): Promise<Visitor>
  close(): Promise<void>
}

/** A Chromium without a way out. */
export async function startVisitors(): Promise<VisitorHouse> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  })
  return {
    open: async () => openVisitor(await browser.newContext({ viewport: { width: 1000, height: 700 } })),
    close: () => browser.close(),
  }
}

async function openVisitor(context: BrowserContext): Promise<Visitor> {
  const page = await context.newPage()
  const seen: { ran: number; elsewhere: string[] } = { ran: 0, elsewhere: [] }
  await page.exposeBinding('docsfyRan', () => {
    seen.ran += 1
  })
  await page.addInitScript(() => {
    const tell = () => (window as unknown as { docsfyRan(): void }).docsfyRan()
    Object.assign(window, { alert: tell, confirm: tell, prompt: tell, print: tell })
  })
  page.on('dialog', (dialog) => void dialog.dismiss())
  context.on('request', (request) => {
    if (!/^(?:http:\/\/127\.0\.0\.1:|data:|about:|blob:)/.test(request.url())) seen.elsewhere.push(request.url())
  })
  return {
    async visit(url, act) {
      seen.ran = 0
      seen.elsewhere = []
      const failure = await page.goto(url, { waitUntil: 'load' }).then(
        () => null,
        (error: Error) => error.message.split('\n', 1)[0] ?? '',
      )
      const isAsMeant =
        (await act?.(page).then(
          () => true,
          () => false,
        )) ?? true
      await page.waitForTimeout(WATCHED_MS)
      const dangers = await page.evaluate(findDangers).catch(() => ['the document went away'])
      if (failure !== null) dangers.push(`the page could not be opened: ${failure}`)
      if (!isAsMeant) dangers.push(`the page leads to ${page.url().slice(0, 120)}`)
      return { ran: seen.ran, dangers, elsewhere: seen.elsewhere }
    },
    close: () => context.close(),
  }
}

/** Runs in the page. */
function findDangers(): string[] {
  const found: string[] = []
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName
    const own = element.outerHTML.slice(0, 120)
    for (const { name: attribute } of element.attributes)
      if (/^on|^style$|^srcdoc$|^formaction$/.test(attribute)) found.push(own)
    if (/^(?:iframe|frame|object|embed|base|form|style|foreignobject|math|template|portal)$/i.test(name))
      found.push(own)
    if (name === 'script' && !/\/(?:assets|search)\/[\w-]+\.js/.test((element as HTMLScriptElement).src))
      found.push(own)
    const address =
      element.getAttribute('href') ?? element.getAttribute('xlink:href') ?? element.getAttribute('src') ?? ''
    const { protocol } = new URL(address, 'https://base.test')
    if (!/^(?:https?|mailto):$/.test(protocol) && !(name === 'img' && protocol === 'data:')) found.push(own)
  }
  return found
}
