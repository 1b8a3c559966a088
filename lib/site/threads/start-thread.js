/**
 * First file of a thread that makes files of a site. Node takes nothing of this one from what it kept, and loads what reads
 * TypeScript when it is TypeScript: a quarter of the time until the thread is ready.
 */

import { enableCompileCache } from 'node:module'
import { workerData } from 'node:worker_threads'

if (workerData.compileCache) enableCompileCache(workerData.compileCache)
await import('./site-thread.ts')
