import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { contentOf, type SiteFiles } from '#lib/domain/site.ts'
import { renderSite } from '#lib/site/render-site.ts'
import { freePort } from '#lib/testing/free-port.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'

const TARGETS: Record<string, number> = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 }
const PAGES: Record<string, string> = {
  home: 'index.html',
  guide: 'getting-started.html',
  reference: 'server-reference.html',
  source: 'source/src/server/create-server.ts.html',
  search: 'index.html?q=server',
}
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
}

interface Audit {
  title: string
  score: number | null
  details?: { items?: { node?: { snippet?: string } }[] }
}

interface Result {
  lhr: {
    categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>
    audits: Record<string, Audit>
  }
}
type Lighthouse = (url: string, flags: { port: number; output: 'json'; logLevel: 'error' }) => Promise<Result>

/**
 * `npm run bench -- lighthouse FOLDER [SITE]`: Lighthouse, as `npm install lighthouse` put it into FOLDER, on five kinds of
 * pages of the sample site, or on the home page of the finished site in folder SITE.
 */
export async function run([folder, site]: string[]): Promise<boolean> {
  if (!folder) throw new Error('Give the folder in which "npm install lighthouse" was run')
  const lighthouse = await installed(folder)
  const read = site
    ? fromFolder(resolve(site))
    : fromFiles(await renderSite(sampleSite({ address: 'http://127.0.0.1/' })))
  const server = await serve(read)
  const { port } = server.address() as AddressInfo
  const results: boolean[] = []
  console.log(
    `${'page'.padEnd(12)}${Object.entries(TARGETS)
      .map(([name, least]) => `${name} (${least})`.padStart(24))
      .join('')}`,
  )
  try {
    for (const [name, path] of Object.entries(site ? { home: 'index.html' } : PAGES))
      results.push(await measure(lighthouse, name, `http://127.0.0.1:${port}/${path}`))
  } finally {
    server.close()
    server.closeAllConnections()
  }
  return results.every(Boolean)
}

async function measure(lighthouse: Lighthouse, name: string, url: string): Promise<boolean> {
  const debugging = await freePort()
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', `--remote-debugging-port=${debugging}`],
  })
  try {
    const { lhr } = await lighthouse(url, { port: debugging, output: 'json', logLevel: 'error' })
    const scores = Object.keys(TARGETS).map((category) => Math.round((lhr.categories[category]?.score ?? 0) * 100))
    console.log(`${name.padEnd(12)}${scores.map((score) => String(score).padStart(24)).join('')}`)
    for (const [index, [category, least]] of Object.entries(TARGETS).entries())
      if ((scores[index] ?? 0) < least) printFaults(category, lhr)
    return scores.every((score, index) => score >= (Object.values(TARGETS)[index] ?? 0))
  } finally {
    await browser.close()
  }
}

function printFaults(category: string, { categories, audits }: Result['lhr']): void {
  for (const { id, weight } of categories[category]?.auditRefs ?? []) {
    const audit = audits[id]
    if (weight === 0 || !audit || audit.score === null || audit.score >= 1) continue
    console.log(`            ${category}: ${id}, ${audit.title} (${audit.score})`)
    for (const { node } of audit.details?.items ?? []) if (node?.snippet) console.log(`              ${node.snippet}`)
  }
}

async function installed(folder: string): Promise<Lighthouse> {
  const from = createRequire(join(resolve(folder), 'package.json'))
  const loaded: { default: Lighthouse } = await import(pathToFileURL(from.resolve('lighthouse')).href)
  return loaded.default
}

type Read = (path: string) => Promise<Buffer | null>

function fromFiles(files: SiteFiles): Read {
  return async (path) => {
    const file = files.get(path)
    return file === undefined ? null : Buffer.from(contentOf(file))
  }
}

function fromFolder(folder: string): Read {
  return (path) => readFile(join(folder, normalize(`/${path}`))).catch(() => null)
}

async function serve(read: Read): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname.slice(1)) || 'index.html'
    const content = await read(path)
    if (content === null) return response.writeHead(404).end()
    const type = TYPES[extname(path)] ?? 'text/plain; charset=utf-8'
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip', 'cache-control': 'max-age=31536000' })
    response.end(gzipSync(content))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return server
}
