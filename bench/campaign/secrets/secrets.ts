import { spawn } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { serveGit } from '#lib/testing/git-http-server.ts'
import { createTempRepository } from '#lib/testing/temp-repository.ts'
import { SAMPLE_FILES } from '../../../e2e/sample-files.ts'
import { startServerProcess } from '../../../e2e/server-process.ts'
import { atLeast, type Extent, type Goal, noneOf, type Row } from '../goal.ts'
import { spendAiKeys } from './ai-keys.ts'
import { type Canaries, newCanary, secretsIn } from './canaries.ts'
import { filesOf } from './files-of.ts'
import { environmentsOfRuns, watchProcessList } from './process-list.ts'
import { runScenario } from './scenario.ts'

/** B9. Secrets of every kind are used, then looked for wherever something is kept or told. */
export const secrets: Goal = {
  title: 'Secrets in logs, database, disk, events, pages, archives, errors, process list',
  fast: true,
  measure,
}

const ENGINES = ['auto', 'builtin'] as const

async function measure(extent: Extent): Promise<Row[]> {
  const hits: string[] = []
  let places = 0
  let looks = 0
  for (const engine of extent === 'full' ? ENGINES : ENGINES.slice(0, 1)) {
    const found = await spendAndLook(engine)
    hits.push(...found.hits.map((hit) => `${engine}: ${hit}`))
    places += found.places
    looks += found.looks
  }
  const ofAi = await spendAiKeys(extent)
  hits.push(...ofAi.hits)
  places += ofAi.places
  looks += ofAi.looks
  const id = 'B9'
  return [
    atLeast({ id, what: 'places looked through (answers, frames, files, logs)', figure: places, least: 40 }),
    atLeast({ id, what: 'looks at the process list', figure: looks, least: 20 }),
    noneOf(id, 'secrets found', hits),
    atLeast({ id, what: 'control: AI programs seen with the key that is theirs', figure: ofAi.holders, least: 1 }),
    atLeast({
      id,
      what: 'control: planted secrets found (file, header, archive, process)',
      figure: await tryControl(),
      least: 4,
    }),
  ]
}

async function spendAndLook(engine: string): Promise<{ hits: string[]; places: number; looks: number }> {
  const canaries: Canaries = Object.fromEntries(
    ['admin key', 'key of a provider', 'stored token', 'token in an address', 'wrong token', 'mistyped key'].map(
      (name) => [name, newCanary()],
    ),
  )
  const repository = await createTempRepository({ files: SAMPLE_FILES })
  const git = (token: string | undefined) =>
    serveGit(repository.root, { credential: { username: 'git-user', token: token ?? '' } })
  const [stored, pasted] = await Promise.all([git(canaries['stored token']), git(canaries['token in an address'])])
  const server = await startServerProcess({
    ADMIN_KEY: canaries['admin key'] ?? '',
    ANTHROPIC_API_KEY: canaries['key of a provider'] ?? '',
    OPENAI_API_KEY: canaries['key of a provider'] ?? '',
    GIT_ENGINE: engine,
    LOG_LEVEL: 'debug',
  })
  const list = watchProcessList(canaries)
  try {
    const urls = { stored: `${stored.url}/sample`, pasted: `${pasted.url}/sample` }
    const environments: Buffer[] = []
    const timer = setInterval(() => environments.push(environmentsOfRuns(server.dataDir)), 50)
    const told = await runScenario({ server: { ...server, adminKey: canaries['admin key'] ?? '' }, canaries, urls })
    clearInterval(timer)
    const files = await filesOf(server)
    const ofServer = {
      'admin key': canaries['admin key'] ?? '',
      'key of a provider': canaries['key of a provider'] ?? '',
    }
    const hits = [
      ...[...told, ...files, ['log of the server', Buffer.from(server.output())] as const].flatMap(([place, content]) =>
        secretsIn(content, canaries).map((name) => `${name} in ${place}`),
      ),
      ...environments.flatMap((content) =>
        secretsIn(content, ofServer).map((name) => `${name} in the environment of a run`),
      ),
      ...list.stop(),
    ]
    return { hits: [...new Set(hits)], places: told.length + files.length + 1, looks: list.looks() }
  } finally {
    list.stop()
    await server.remove()
    await Promise.all([stored.close(), pasted.close()])
    await repository.remove()
  }
}

/** How many of the places a secret is put in on purpose give it away to the same search. */
async function tryControl(): Promise<number> {
  const canaries = { planted: newCanary() }
  const header = Buffer.from(`user:${canaries.planted}`).toString('base64')
  const list = watchProcessList(canaries)
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 1500)', canaries.planted], {
    stdio: 'ignore',
  })
  await wait(800)
  child.kill('SIGKILL')
  const archive = gzipSync(`x ${canaries.planted}`)
  const found = [
    secretsIn(`password=${canaries.planted}`, canaries),
    secretsIn(`Authorization: Basic ${header}`, canaries),
    secretsIn(gunzipSync(archive), canaries),
    list.stop(),
  ]
  return found.filter((names) => names.length > 0).length
}
