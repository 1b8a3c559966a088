import { ensureBuilt } from './setup/build.mjs'
import { inCheckout, textOf } from './setup/checkout.mjs'
import { handOver } from './setup/command.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { runScript } from './setup/problem.mjs'

/** `npm start [-- REPO]`: installs what is missing, builds what is stale, then runs the server. For any Node from 18 on. */
await runScript(async (args) => {
  const node = await ensureInstalled()
  await ensureBuilt(node)
  const from = process.env.INIT_CWD ?? process.cwd()
  return await handOver({
    command: [node, inCheckout('cli', 'main.ts'), 'start', '--from', from, ...args],
    env: { ...process.env, NODE_ENV: 'production', ...quietLog() },
  })
})

/** Log lines would break up the progress bar, so only warnings are logged, unless somebody has chosen a level. */
function quietLog() {
  const isChosen = process.env.LOG_LEVEL || /^\s*LOG_LEVEL=./m.test(textOf(inCheckout('.env')) ?? '')
  return isChosen ? {} : { LOG_LEVEL: 'warn' }
}
