import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'docsfy.mjs')
/** Gives sites what only a site with an address has. */
const ADDRESS = 'https://docs.example.org/site/'

/** What one build left: files by path, in the site and in the folder of the variant. */
export interface Built {
  site: string
  cache: string
  /** What it printed as JSON. */
  report: Record<string, unknown>
  files: Map<string, string>
  /** pages/*.md and *.json, plan.json, redirects.json. */
  variant: Map<string, string>
  seconds: number
}

/** Builds what HEAD of `repository` is, as people do, with cache and site in `folder`. */
export async function build(repository: string, folder: string): Promise<Built> {
  const [site, cache] = [join(folder, 'site'), join(folder, 'cache')]
  const startedMs = performance.now()
  const report = JSON.parse(await output(repository, { site, cache })) as Record<string, unknown>
  const seconds = (performance.now() - startedMs) / 1000
  const files = textsIn(site, () => true)
  const variant = textsIn(join(cache, 'docsfy', 'projects'), (path) =>
    /\/static\/(?:pages\/[^/]+|plan\.json|redirects\.json)$/.test(path),
  )
  return { site, cache, report, files, variant, seconds }
}

/** A build that is killed after so many milliseconds, or has ended by then. */
export async function killedBuild(repository: string, folder: string, afterMs: number): Promise<void> {
  await output(repository, { site: join(folder, 'site'), cache: join(folder, 'cache'), killAfterMs: afterMs })
}

interface Place {
  site: string
  cache: string
  killAfterMs?: number
}

async function output(repository: string, { site, cache, killAfterMs }: Place): Promise<string> {
  const args = [PROGRAM, 'build', repository, '-o', site, '--json', '--quiet', '--site-url', ADDRESS]
  const env = { ...process.env, XDG_CACHE_HOME: cache }
  const child = spawn(process.execPath, args, {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: killAfterMs,
    killSignal: 'SIGKILL',
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  await new Promise((resolve) => child.on('close', resolve))
  return text
}

/** Bytes as they are: Latin-1 has a character for each. */
function textsIn(folder: string, isWanted: (path: string) => boolean): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).filter(isWanted)
  // Of the folder of the variant, only the end of the path is the same everywhere.
  return new Map(
    paths
      .sort()
      .map((path) => [
        relative(folder, path).replace(/^.*\/~default\/[^/]+\/[^/]+\//, ''),
        readFileSync(path, 'latin1'),
      ]),
  )
}
