import { inCheckout } from './setup/checkout.mjs'
import { handOver } from './setup/command.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { runScript } from './setup/problem.mjs'
import { ensureChromium, ensureGit, ensureNginx } from './setup/test-programs.mjs'

/** `npm test`: brings in everything the tests need, then does what `npm run validate` does. For any Node from 18 on. */
await runScript(async () => {
  const node = await ensureInstalled()
  await ensureGit()
  await ensureNginx()
  const env = { ...process.env, CHROMIUM_PATH: await ensureChromium() }
  return await handOver({ command: [node, inCheckout('scripts', 'validate.mjs')], env })
})
