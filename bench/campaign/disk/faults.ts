import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** Enough for one page and the end of a log; less than a database and its log need. */
const FILE_LIMIT_BYTES = 16 * 1024
const SPARE_DESCRIPTORS = 2
const BLOCK_BYTES = 64 * 1024

/** A server whose data directory lies on a small disk of its own. */
export interface Subject {
  pid: number
  /** Where the disk is mounted. */
  disk: string
  dataDir: string
}

export interface Fault {
  name: string
  /** Makes the disk or the limits of the running server bad; answers how they become good again. */
  apply(subject: Subject): Promise<() => Promise<void>>
}

/** What can go wrong with a disk, each done to a server that runs. */
export const FAULTS: Fault[] = [
  { name: 'disk full by bytes', apply: fillBytes },
  { name: 'disk full by inodes', apply: fillInodes },
  { name: 'folders of repositories and sites read-only', apply: makeReadOnly },
  { name: 'EIO at every fsync', apply: failFsync },
  { name: 'EMFILE', apply: limitOpenFiles },
  { name: 'EFBIG', apply: ({ pid }) => limit(pid, 'fsize', String(FILE_LIMIT_BYTES)) },
]

/** Mounts a small disk in memory. Throws where that is not permitted. */
export async function mountDisk(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true })
  await run('mount', ['-t', 'tmpfs', '-o', 'size=128m,nr_inodes=8k', 'docsfy-test', folder])
  return async () => {
    await run('umount', ['--lazy', folder])
  }
}

async function fillBytes({ disk }: Subject): Promise<() => Promise<void>> {
  const path = join(disk, 'filler')
  const { bavail, bsize } = await statfs(disk)
  await run('fallocate', ['-l', String(Math.max(BLOCK_BYTES, bavail * bsize)), path])
  return () => rm(path)
}

async function fillInodes({ disk }: Subject): Promise<() => Promise<void>> {
  const folder = join(disk, 'filler')
  await mkdir(folder)
  try {
    for (let made = 0; ; made += 1) await writeFile(join(folder, String(made)), '')
  } catch {
    // None is left, which is what was wanted.
  }
  return () => rm(folder, { recursive: true })
}

async function makeReadOnly({ dataDir }: Subject): Promise<() => Promise<void>> {
  const folders = ['repos', 'projects'].map((name) => join(dataDir, name))
  for (const folder of folders) {
    await run('mount', ['--bind', folder, folder])
    await run('mount', ['-o', 'remount,bind,ro', folder])
  }
  return async () => {
    for (const folder of folders) await run('umount', ['--lazy', folder])
  }
}

/** strace stands between the server, with all it starts, and the kernel. */
async function failFsync({ pid }: Subject): Promise<() => Promise<void>> {
  const calls = 'fsync,fdatasync'
  const args = [
    '-f',
    '-qq',
    '-p',
    String(pid),
    '-e',
    `trace=${calls}`,
    '-e',
    `inject=${calls}:error=EIO`,
    '-o',
    '/dev/null',
  ]
  const tracer = spawn('strace', args, { stdio: 'ignore' })
  await once(tracer, 'spawn')
  await new Promise((resolve) => setTimeout(resolve, 1000))
  if (tracer.exitCode !== null) throw new Error('strace may not be used here')
  return async () => {
    tracer.kill('SIGINT')
    await once(tracer, 'exit')
  }
}

/** Leaves a free descriptor or two: enough to answer somebody, too few to start a process. */
async function limitOpenFiles({ pid }: Subject): Promise<() => Promise<void>> {
  const open = new Set((await readdir(`/proc/${pid}/fd`)).map(Number))
  let [highest, free] = [0, 0]
  for (; free < SPARE_DESCRIPTORS; highest += 1) if (!open.has(highest)) free += 1
  return await limit(pid, 'nofile', String(highest))
}

/** Sets the soft limit of a running process, which what it starts then has, too. */
async function limit(pid: number, name: 'fsize' | 'nofile', value: string): Promise<() => Promise<void>> {
  const { stdout } = await run('prlimit', [
    '--pid',
    String(pid),
    `--${name}`,
    '--raw',
    '--noheadings',
    '--output',
    'SOFT',
  ])
  await run('prlimit', ['--pid', String(pid), `--${name}=${value}:`])
  return async () => {
    await run('prlimit', ['--pid', String(pid), `--${name}=${stdout.trim()}:`])
  }
}
