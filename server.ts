import { createServer, Server } from 'node:http'
import next from 'next'
import { closeDatabase } from '#db/client.ts'
import { takeDataDirectory } from '#db/data-directory.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { readOwnPrices } from '#lib/ai/price-file.ts'
import { loadGrants } from '#lib/auth/audience.ts'
import { config, priceFile } from '#lib/config.ts'
import { followGeneration } from '#lib/follow-generation.ts'
import { closeServer, dispatchRequests, listenOn } from '#lib/http/dispatch.ts'
import { openEstimates } from '#lib/jobs/estimate.ts'
import { recover } from '#lib/jobs/recover.ts'
import { startRunner } from '#lib/jobs/runner.ts'
import { createHub } from '#lib/live/hub.ts'
import { dispatchUpgrades, REQUEST_LIMITS } from '#lib/live/upgrade.ts'
import { needBuild } from '#lib/need-build.ts'
import { runUntilSignal } from '#lib/run-until-signal.ts'
import { resumeInterrupted } from '#lib/services/generations/resume-interrupted.ts'
import { startAsAdmin } from '#lib/services/generations/start-as-admin.ts'
import { refreshAfterRuns, refreshRemembered } from '#lib/services/refresh/refresh-after-runs.ts'
import { startScheduler } from '#lib/services/schedules/scheduler.ts'
import { settleAdminKey } from '#lib/services/sessions/settle-admin-key.ts'
import { createSignInLink } from '#lib/services/sessions/sign-in-link.ts'
import { hasDocumentation } from '#lib/services/variants/list.ts'

export interface ServerOptions {
  dev?: boolean
  host?: string
  port?: number
}
export type RunningServer = Awaited<ReturnType<typeof startServer>>

/** Starts everything: pages, API, live feed and the runner of generations. Throws `start_up` with one clear sentence. */
export async function startServer({ dev = false, host = config().host, port = config().port }: ServerOptions = {}) {
  if (!dev) await needBuild(import.meta.dirname)
  const release = await takeDataDirectory(config().dataDir)
  // A mistake in it would end every run with a model: better told to who starts the server.
  readOwnPrices(priceFile())
  await migrateDatabase()
  await settleAdminKey()
  await loadGrants()
  const interrupted = await recover()
  if (config().resumeOnStart) await resumeInterrupted(interrupted)
  const server = createServer(REQUEST_LIMITS)
  const decoy = new Server()
  const pages = next({ dev, dir: import.meta.dirname, httpServer: decoy, hostname: host, port })
  await pages.prepare()
  const hub = createHub()
  dispatchRequests(server, { pages: pages.getRequestHandler(), dev })
  dispatchUpgrades(server, { hub, next: dev ? decoy : null })
  const url = await listenOn(server, { host, port })
  await refreshRemembered()
  const stopRunner = startRunner()
  const stopRefreshes = [refreshAfterRuns(), startScheduler(), openEstimates()]
  return {
    url,
    hasDocumentation,
    generateAsAdmin: startAsAdmin,
    follow: followGeneration,
    createSignInLink: (next?: string) => createSignInLink(url, next),
    async close() {
      // Until the last run has ended people are still answered; only new runs are refused.
      await Promise.all([stopRunner(), ...stopRefreshes.map((stop) => stop())])
      hub.close()
      await closeServer(server)
      await pages.close()
      await closeDatabase()
      await release()
    },
  }
}

if (import.meta.main) await runUntilSignal(() => startServer({ dev: process.argv.includes('--dev') }))
