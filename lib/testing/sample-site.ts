import { cite } from '#lib/domain/citations.ts'
import type { PageType } from '#lib/domain/kinds.ts'
import type { PageCheck, WrittenPage } from '#lib/domain/page.ts'
import type { Plan } from '#lib/domain/plan.ts'
import type { SiteInput } from '#lib/domain/site.ts'

const COMMIT = '3ef35b2c9d1e4f5a6b7c8d9e0f1a2b3c4d5e6f70'
const SERVER = 'src/server/create-server.ts'
const STORE = 'src/store.py'

const SOURCES = new Map([
  [
    SERVER,
    `import { createServer as createHttpServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'

/**
 * Starts listening.
 * Resolves when the port is open, rejects when it is taken.
 */
export async function createServer(options: ServerOptions, handler: Handler): Promise<Server> {
  const server = createHttpServer((request, response) => handler(request, response))
  const { port = 8000, host = '127.0.0.1' } = options
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  return server
}

export interface ServerOptions {
  /** Port to listen on; 0 chooses a free one. */
  port?: number
  host?: string
}
export type Handler = (request: IncomingMessage, response: unknown) => void
`,
  ],
  [
    STORE,
    `"""Keeps values on disk.

The format is one JSON object a line.
"""
import json

class Store:
    def __init__(self, path: str) -> None:
        self.path = path

    def read(self) -> list[dict]:
        """All rows, oldest first."""
        with open(self.path) as file:
            return [json.loads(line) for line in file]
`,
  ],
  ['package.json', '{\n  "name": "lantern",\n  "scripts": { "start": "node src/main.ts" }\n}\n'],
])

const at = (path: string, start: number, end = start) => cite({ path, start, end })

const GUIDE = `# Getting started

Lantern serves a folder of notes over HTTP and keeps every change in one file. ${at(SERVER, 8, 13)} This page takes
you from a clone to the first request; [the reference](server-reference.md#createserver) has every option.

> [!NOTE]
> Node 24 or newer is needed: the code is TypeScript without a build step.

## Install and start

1. Install the dependencies.
2. Start the server with the script of the package. ${at('package.json', 3)}

\`\`\`bash
npm ci
npm start -- --port 8000   # or PORT=8000
\`\`\`

The server answers as soon as the port is open. ${at(SERVER, 11)} Press <kbd>Ctrl</kbd>+<kbd>C</kbd> to stop it.

## How a request travels

\`\`\`mermaid
flowchart LR
  browser([Browser]) -->|GET /notes| server[src/server]
  server --> handler{Known route?}
  handler -->|yes| store[(src/store.py)]
  handler -.->|no| missing[404]
\`\`\`

- The **server** owns the socket and nothing else.
- The *store* owns the file:
  - reads are whole,
  - writes are appended. ${at(STORE, 11, 14)}
- [x] no database
- [ ] no cache yet

### What may go wrong

> A port in use rejects the promise; it never crashes the process.

Read the [architecture](architecture.md), the [project page](https://example.org/lantern?a=1&b=2) or
![a screenshot](https://example.org/shot.png).

## When it does not start & why

| Message | Cause | What to do |
|---|---|---|
| \`EADDRINUSE\` | Another process has the port. ${at(SERVER, 11)} | Choose another one with \`--port\` |
| \`EACCES\` | Ports below 1024 need rights | Use 8000 |
`

const REFERENCE = `# Server reference

Everything \`src/server\` offers to other modules.

## \`createServer\`

\`\`\`ts
export async function createServer(options: ServerOptions, handler: (request: IncomingMessage, response: ServerResponse<IncomingMessage>) => void): Promise<Server>
\`\`\`

Starts listening and resolves when the port is open. ${at(SERVER, 4, 13)}

| Parameter | Type | Default | Meaning |
|---|---|--:|---|
| \`options\` | [\`ServerOptions\`](#serveroptions) | | Where to listen ${at(SERVER, 15, 19)} |
| \`handler\` | \`(request: IncomingMessage, response: unknown) => void\` | | Called once for each request ${at(SERVER, 20)} |

### Returns

\`Promise<Server>\`, which rejects when the port is taken.

## \`ServerOptions\`

| Property | Type | Default | Meaning |
|---|---|--:|---|
| \`port\` | \`number\` | \`8000\` | Port to listen on; 0 chooses a free one |
| \`host\` | \`string\` | \`127.0.0.1\` | Address to listen on |

## \`Store.read\`

\`\`\`python
def read(self) -> list[dict]:
    """All rows, oldest first."""
\`\`\`

Reads every row of the file into memory. ${at(STORE, 11, 14)}
`

const ARCHITECTURE = `Two modules and one file. ${at(STORE, 1, 4)}

\`\`\`mermaid
flowchart TD
  subgraph src
    main[src/main.ts] --> server[src/server]
    server --> store[src/store.py]
  end
  store --> disk[(notes.jsonl)]
\`\`\`

\`\`\`mermaid
gantt
  title Not drawn
\`\`\`

## Decisions

The store is a file because notes are few.

\`\`\`
plain text, no language
\`\`\`
`

function page(
  slug: string,
  title: string,
  rest: { type: PageType; description: string; markdown: string },
): WrittenPage {
  const provenance = { provider: 'builtin', model: 'static', runId: 'run-1', commit: COMMIT }
  return { slug, title, ...rest, provenance }
}

function check(slug: string, citations: number, misses: PageCheck['misses'] = []): PageCheck {
  const none = { total: 0, ok: 0 }
  const counts = { link: { total: 2, ok: 2 }, citation: { total: citations, ok: citations - misses.length } }
  return { slug, counts: { ...counts, path: none, identifier: none }, misses }
}

/** A small site with everything in it: citations, diagrams, tables, long signatures, callouts, a failed check. */
export function sampleSite(changes: Partial<SiteInput> = {}): SiteInput {
  const pages = [
    page('getting-started', 'Getting started', {
      type: 'guide',
      description: 'From a clone to the first answered request.',
      markdown: GUIDE,
    }),
    page('architecture', 'Architecture', {
      type: 'concept',
      description: 'How the modules depend on each other, and why.',
      markdown: ARCHITECTURE,
    }),
    page('server-reference', 'Server reference', {
      type: 'reference',
      description: 'Functions and types of the server.',
      markdown: REFERENCE,
    }),
  ]
  const [guide, architecture, reference] = pages.map(({ slug, title, description, type }) => ({
    slug,
    title,
    description,
    type,
    kind: 'overview' as const,
  }))
  const plan: Plan = {
    project_name: 'lantern',
    tagline: 'Serves a folder of notes over HTTP and keeps every change in one plain file.',
    repo_type: 'app',
    navigation: [
      { group: 'Start here', pages: [guide, architecture].filter((entry) => entry !== undefined) },
      { group: 'Reference', pages: [reference].filter((entry) => entry !== undefined) },
    ],
  }
  const miss = {
    kind: 'citation' as const,
    line: 3,
    claim: `${STORE}:1-4`,
    found: 'the file has 3 lines at this commit',
  }
  return {
    plan,
    pages,
    checks: [check('getting-started', 5), check('architecture', 1, [miss]), check('server-reference', 4)],
    repository: 'https://example.org/acme/lantern',
    branch: 'main',
    commit: COMMIT,
    committedAt: '2026-11-20T08:30:00Z',
    forgeBase: `https://example.org/acme/lantern/blob/${COMMIT}/`,
    sources: SOURCES,
    ...changes,
  }
}
