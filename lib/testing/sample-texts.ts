import { cite } from '#lib/domain/citations.ts'

const SERVER = 'src/server/create-server.ts'
export const STORE = 'src/store.py'

/** Cited files by path. */
export const SOURCES = new Map([
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

/** A guide with lists, a callout, a diagram, citations and links of every kind. */
export const GUIDE = `# Getting started

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

## With another package manager

::: code-group
\`\`\`sh [pnpm]
pnpm install
\`\`\`
\`\`\`sh [yarn]
yarn install
\`\`\`
:::

\`\`\`ts title="src/start.ts" {2} numbers=4
const server = await createServer({ port: 8000 }, answer)
console.log(\`Listening on \${8000}\`)
\`\`\`

\`\`\`diff
-npm start
+npm start -- --read-only
\`\`\`

::: details Why no lock file is written
The store appends; readers see whole lines.[^1]
:::

[^1]: A line is written by one call.
`

/** A reference with a long signature and tables. */
export const REFERENCE = `# Server reference

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

/** A concept with diagrams, one of which cannot be drawn. */
export const ARCHITECTURE = `Two modules and one file. ${at(STORE, 1, 4)}

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

The store is a file because notes are few and, for most people, read-only.

\`\`\`
plain text, no language
\`\`\`
`
