/** Starts site-once.ts as the installed command starts: from what Node kept of our files, in the folder given first. */

import { enableCompileCache } from 'node:module'

enableCompileCache(process.argv.splice(2, 1)[0])
await import('./site-once.ts')
