import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { TEMPORARY_PREFIX } from '#lib/atomic-write.ts'
import { processesWith } from '#lib/jobs/process-group.ts'
import { serveGit } from '#lib/testing/git-http-server.ts'
import { createTempRepository, type TempRepository } from '#lib/testing/temp-repository.ts'
import { SAMPLE_FILES } from '../../../e2e/sample-files.ts'
import { startServerProcess } from '../../../e2e/server-process.ts'
import { atLeast, type Goal, noneOf, type Row } from '../goal.ts'
import { Documented, until } from './documented.ts'
import { FAULTS, type Fault, mountDisk, type Subject } from './faults.ts'

/** How long a fault lasts at most, and how long after it everything may take to be well. */
const FAULT_MS = 15_000
const HEALED_MS = 60_000

/** F3. One server lives through all faults, one after the other, and is never started again. */
export const disk: Goal = {
  title: 'Disk full by bytes and inodes, EIO, read-only, EMFILE, EFBIG',
  fast: false,
  async measure() {
    const folder = await mkdtemp(join(tmpdir(), 'docsfy-disk-'))
    const mounted = join(folder, 'disk')
    const unmount = await mountDisk(mounted).catch(() => null)
    if (!unmount) return [unmeasured('no disk can be mounted here')]
    try {
      return await onDisk(mounted)
    } finally {
      await unmount()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

async function onDisk(mounted: string): Promise<Row[]> {
  const repository = await createTempRepository({ files: SAMPLE_FILES })
  const git = await serveGit(repository.root)
  const dataDir = join(mounted, 'data')
  const server = await startServerProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'error' })
  try {
    const [pid] = await processesWith('DATA_DIR', dataDir)
    if (pid === undefined) return [unmeasured('the process of the server cannot be found here')]
    const documented = new Documented({ ...server, dataDir }, `${git.url}/sample`)
    const subject = { pid, disk: mounted, dataDir }
    await documented.generate()
    if ((await documented.settled(HEALED_MS))?.status !== 'ready') throw new Error('the first run was not ready')
    const rows: Row[] = []
    let bitten = 0
    for (const fault of FAULTS) {
      const { problems, isBitten } = await liveThrough(fault, { subject, documented, repository })
      rows.push(noneOf('F3', `${fault.name}: what is wrong during it or not well after it`, problems))
      if (isBitten) bitten += 1
    }
    return [
      atLeast({
        id: 'F3',
        what: 'faults that kept a run from its end (control)',
        figure: bitten,
        least: FAULTS.length,
      }),
      ...rows,
      noneOf('F3', 'damage in the database, temporary files', await leftovers(dataDir)),
    ]
  } finally {
    await server.remove()
    await git.close()
    await repository.remove()
  }
}

interface Scene {
  subject: Subject
  documented: Documented
  repository: TempRepository
}

async function liveThrough(fault: Fault, { subject, documented, repository }: Scene) {
  const problems: string[] = []
  const commit = await repository.write({ 'changed.ts': `export const during = '${fault.name}'\n` }, fault.name)
  const heal = await fault.apply(subject).catch((error: Error) => error)
  if (heal instanceof Error) return { problems: [`could not be done: ${heal.message}`], isBitten: false }
  let isBitten = false
  try {
    const accepted = await documented.generate()
    const during = accepted === 202 ? await documented.settled(FAULT_MS) : await documented.row()
    isBitten = accepted !== 202 || during?.status !== 'ready'
    if (accepted === 202) problems.push(...(await documented.falseReady(during, commit)))
    const health = await until(
      FAULT_MS,
      async () => (await documented.ask('/health').catch(() => null))?.status ?? null,
    )
    if (health !== 200 && health !== 503) problems.push(`health answers ${health}`)
    if ((await until(FAULT_MS, () => documented.page('index.html'))) !== 200)
      problems.push('the last good site is not served')
    console.log(
      `    ${fault.name}: start ${accepted}, then ${during?.status ?? 'no answer'}: ${during?.error_message}; health ${health}`,
    )
  } finally {
    await heal()
  }
  if (!existsSync(`/proc/${subject.pid}`)) return { problems: [...problems, 'the server is gone'], isBitten }
  const after = await documented.settled(HEALED_MS)
  if (!after) problems.push('a run is still generating a minute after it')
  problems.push(...(await afterwards(documented, commit)))
  return { problems, isBitten }
}

/** A new start must work, without anybody doing anything to the server. */
async function afterwards(documented: Documented, commit: string): Promise<string[]> {
  const started = await until(HEALED_MS, async () => ((await documented.generate()) === 202 ? true : null))
  if (!started) return ['no run can be started after it']
  const row = await documented.settled(HEALED_MS)
  if (row?.status !== 'ready') return [`the run after it is ${row?.status}: ${row?.error_message}`]
  return await documented.falseReady(row, commit)
}

async function leftovers(dataDir: string): Promise<string[]> {
  const client = createClient({ url: `file:${join(dataDir, 'docsfy.db')}` })
  const checked = await client.execute('PRAGMA integrity_check')
  client.close()
  const damage = checked.rows.map((row) => String(row.integrity_check)).filter((text) => text !== 'ok')
  const names = await readdir(dataDir, { recursive: true })
  return [...damage, ...names.filter((name) => name.split('/').at(-1)?.startsWith(TEMPORARY_PREFIX))]
}

function unmeasured(why: string): Row {
  return { id: 'F3', what: 'faults of the disk', figure: why, target: '0 problems', ok: null }
}
