import { execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { STAGE_LABELS, STAGES, type Stage } from '#lib/domain/stages.ts'

const SAMPLE_MS = 10

export interface Measured {
  stages: { stage: Stage; seconds: number; peakMb: number | null }[]
  /** Of the whole command, start of the process included. */
  seconds: number
  peakMb: number
  pages: number
  files: number
}

/**
 * Runs `docsfy build` as it ships, with cache and site in `folder`. Times of stages are its own; memory is the resident set in
 * /proc, sampled every 10 ms (stages shorter than that have none), the peak of the whole is the kernel's.
 */
export async function measureBuild({ repository, folder }: { repository: string; folder: string }): Promise<Measured> {
  const command = ['bin/docsfy.mjs', 'build', repository, '-o', join(folder, 'site'), '--json']
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') }
  const startedMs = performance.now()
  const child = spawn(process.execPath, command, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const memory = watchMemory(child.pid ?? 0)
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    output += chunk
  })
  createInterface({ input: child.stderr }).on('line', (line) => {
    const stage = STAGES.find((candidate) => STAGE_LABELS[candidate] === line)
    if (stage) memory.enter(stage)
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  const seconds = (performance.now() - startedMs) / 1000
  memory.stop()
  if (code !== 0) throw new Error(`docsfy build ended with exit code ${code}`)
  const report = JSON.parse(output) as { page_count: number; stages: { stage: Stage; duration_ms: number }[] }
  const stages = report.stages.map(({ stage, duration_ms }) => {
    return { stage, seconds: duration_ms / 1000, peakMb: memory.peaks.get(stage) ?? null }
  })
  return { stages, seconds, peakMb: memory.peak(), pages: report.page_count, files: await countFiles(repository) }
}

/** Runs a program to its end. Throws when it fails. */
export async function runMeasured(
  command: string,
  args: string[],
  { cwd, env }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<{ seconds: number; peakMb: number }> {
  const startedMs = performance.now()
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] })
  const memory = watchMemory(child.pid ?? 0)
  const code = await new Promise((done) => child.on('close', done))
  memory.stop()
  if (code !== 0) throw new Error(`${command} ended with exit code ${code}`)
  return { seconds: (performance.now() - startedMs) / 1000, peakMb: memory.peak() }
}

/** Memory of a process from /proc, sampled: its peak, and the peak in each stage that is entered. */
export function watchMemory(pid: number) {
  const peaks = new Map<Stage, number>()
  let stage: Stage | null = null
  let highest = 0
  function sample(): void {
    const status = readStatus(pid)
    highest = Math.max(highest, field(status, 'VmHWM'))
    if (stage) peaks.set(stage, Math.max(peaks.get(stage) ?? 0, field(status, 'VmRSS')))
  }
  const timer = setInterval(sample, SAMPLE_MS)
  return {
    peaks,
    peak: () => highest,
    enter(next: Stage) {
      stage = next
      sample()
    },
    stop: () => clearInterval(timer),
  }
}

function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}

function field(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024
}

async function countFiles(repository: string): Promise<number> {
  const { stdout } = await promisify(execFile)('git', ['-C', repository, 'ls-files', '-z'], { maxBuffer: 2 ** 28 })
  return stdout.split('\0').length - 1
}
