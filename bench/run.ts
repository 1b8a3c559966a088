import { run as api } from './api.ts'
import { run as build } from './build.ts'
import { run as dashboard } from './dashboard.ts'
import { run as docsRoute } from './docs-route.ts'
import { run as facts } from './facts.ts'
import { run as generators } from './generators.ts'
import { run as git } from './git.ts'
import { run as heartbeat } from './heartbeat.ts'
import { run as histories } from './histories.ts'
import { run as imports } from './imports.ts'
import { run as laboratory } from './laboratory.ts'
import { run as lighthouse } from './lighthouse.ts'
import { run as live } from './live.ts'
import { run as parallel } from './parallel.ts'
import { run as proxy } from './proxy.ts'
import { run as recall } from './recall.ts'
import { run as search } from './search.ts'
import { run as simulator } from './simulator.ts'
import { run as site } from './site.ts'
import { run as sites } from './sites.ts'
import { run as tools } from './tools.ts'
import { run as update } from './update.ts'

/** `npm run bench -- NAME [arguments]`: measures one of our promises and prints each figure beside its target. */
const BENCHES: Record<string, (args: string[]) => Promise<boolean>> = {
  api,
  build,
  dashboard,
  git,
  'docs-route': docsRoute,
  facts,
  generators,
  heartbeat,
  histories,
  imports,
  laboratory,
  lighthouse,
  live,
  proxy,
  recall,
  search,
  simulator,
  site,
  sites,
  update,
  tools,
  parallel,
}

const [wanted = 'build', ...args] = process.argv.slice(2)
const bench = BENCHES[wanted]
if (bench) process.exitCode = (await bench(args)) ? 0 : 1
else {
  console.error(`Error: There is no bench "${wanted}": use one of ${Object.keys(BENCHES).join(', ')}`)
  process.exitCode = 2
}
