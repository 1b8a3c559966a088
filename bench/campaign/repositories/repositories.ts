import { join } from 'node:path'
import { atLeast, atMost, type Extent, type Goal, noneOf, type Row } from '../goal.ts'
import { type Delay, delayRow, startWatchedServer, type WatchedServer } from '../watched-server.ts'
import { type Attempt, attempt } from './attempt.ts'
import { CONTROLS } from './control.ts'
import { createSandbox, type Sandbox } from './sandbox.ts'
import { ENGINES, type Engine, prepareScene, type Scene, type Target } from './scene.ts'

const LIMITS = { repositories: 48, mb: 700, seconds: 60 }

/** B2, and L4 while it goes on. Each repository is documented by a real server, one after the other. */
export const repositories: Goal = { title: 'Hostile repositories and Git servers', fast: true, measure }

async function measure(extent: Extent): Promise<Row[]> {
  const sandbox = await createSandbox()
  const scene = await prepareScene(sandbox, extent)
  try {
    const tried: Tried[] = []
    const delays: Delay[] = []
    for (const engine of extent === 'full' ? ENGINES : ENGINES.slice(0, 1)) {
      const server = await startWatchedServer(settingsFor(sandbox, engine))
      try {
        for (const target of scene.targets.filter(({ engines }) => engines.includes(engine)))
          tried.push(await tryOne({ target, server, sandbox, engine }))
        delays.push(await server.delay())
      } finally {
        await server.remove()
      }
    }
    const leaks = sandbox.leaks()
    const controls = extent === 'full' ? await runControls(sandbox, scene.pathOf) : []
    return [...rowsOf({ tried, leaks, extent }), ...delays.map((delay) => delayRow('hostile runs', delay)), ...controls]
  } finally {
    await scene.close()
    await sandbox.close()
  }
}

function settingsFor({ work, served }: Sandbox, engine: Engine): Record<string, string> {
  return {
    DATA_DIR: dataDirOf(work, engine),
    HOME: join(work, 'home'),
    TMPDIR: join(work, 'tmp'),
    GIT_ENGINE: engine,
    LOCAL_REPO_ROOTS: served,
    LOG_LEVEL: 'error',
  }
}

function dataDirOf(work: string, engine: Engine): string {
  return join(work, `data-${engine}`)
}

interface Tried extends Attempt {
  name: string
  intrusions: string[]
}

interface Trying {
  target: Target
  engine: Engine
  server: WatchedServer
  sandbox: Sandbox
}

async function tryOne({ target, server, sandbox, engine }: Trying): Promise<Tried> {
  target.prepare?.()
  const result = await attempt({ server, dataDir: dataDirOf(sandbox.work, engine) }, target.body)
  const tried = { name: `${target.name}, ${engine}`, ...result, intrusions: sandbox.intrusions() }
  const { status, seconds, peakMb, message } = tried
  const figures = `${seconds.toFixed(1).padStart(6)} s ${peakMb.toFixed(0).padStart(5)} MB`
  console.log(`    ${figures}  ${tried.name}: ${status} ${(message ?? '').slice(0, 160)}`)
  return tried
}

function rowsOf({ tried, leaks, extent }: { tried: Tried[]; leaks: string[]; extent: Extent }): Row[] {
  const id = 'B2'
  const told = (problem: (one: Tried) => string | null) => tried.flatMap((one) => problem(one) ?? [])
  const heaviest = tried.reduce((most, one) => (one.peakMb > most.peakMb ? one : most))
  const slowest = tried.reduce((most, one) => (one.seconds > most.seconds ? one : most))
  return [
    atLeast({
      id,
      what: 'hostile repositories and servers',
      figure: tried.length,
      least: extent === 'full' ? LIMITS.repositories : 1,
    }),
    noneOf(
      id,
      'files or markers outside the work directory, contacts',
      told(({ name, intrusions }) => (intrusions.length > 0 ? `${name}: ${intrusions.join(', ')}` : null)),
    ),
    noneOf(id, 'files that hold what lies outside', leaks),
    atMost({
      id,
      what: `peak memory of a run (${heaviest.name})`,
      figure: Math.round(heaviest.peakMb),
      most: LIMITS.mb,
      unit: 'MB',
    }),
    atMost({ id, what: `time of a run (${slowest.name})`, figure: slowest.seconds, most: LIMITS.seconds, unit: 's' }),
    noneOf(id, 'errors that are no clear sentence', told(unclear)),
  ]
}

/** Why the end of a run is not told as it should be; null when it is. */
function unclear({ name, status, message }: Tried): string | null {
  if (status === 'ready') return null
  const isKnown = status === 'error' || status === 'refused 400' || status === 'refused 403'
  const isSentence =
    message !== null &&
    /^[A-Z].{15,399}$/s.test(message) &&
    !/undefined|\[object|\n {4}at |node_modules|internal error/i.test(message)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  const isPlain = !/[\u0000-\u001f\u007f\u202a-\u202e<>]/.test(message ?? '')
  return isKnown && isSentence && isPlain ? null : `${name}: ${status} ${JSON.stringify(message)}`
}

async function runControls(sandbox: Sandbox, pathOf: Scene['pathOf']): Promise<Row[]> {
  const rows: Row[] = []
  for (const [what, works] of Object.entries(CONTROLS)) {
    const hit = await works(sandbox, pathOf)
    rows.push({ id: 'B2', what: `control: ${what}`, figure: hit ? 'yes' : 'no', target: 'yes', ok: hit })
  }
  return rows
}
