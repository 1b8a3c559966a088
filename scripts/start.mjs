import { ensureBuilt } from './setup/build.mjs'
import { inCheckout } from './setup/checkout.mjs'
import { handOver } from './setup/command.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { runScript } from './setup/problem.mjs'

/** `npm start [-- REPO]`: installs what is missing, builds what is stale, then runs the server. For any Node from 18 on. */
await runScript(async (args) => {
  const node = await ensureInstalled()
  await ensureBuilt(node)
  const from = process.env.INIT_CWD ?? process.cwd()
  return await handOver({ command: [node, inCheckout('cli', 'main.ts'), 'start', '--from', from, ...args] })
})
