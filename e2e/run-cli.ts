import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { z } from 'zod'
import { JSON_SHAPES, type JsonName } from '#cli/json-shapes.ts'
import { COMPILE_CACHE, type RunningCommand, startNode } from './command.ts'

/** The launcher people run. */
export const MAIN = join(import.meta.dirname, '..', 'bin', 'docsfy.mjs')

export interface CliResult {
  code: number | null
  stdout: string
  stderr: string
}

/** The command line of one person: a home of their own, and what their environment says. */
export class Person {
  readonly home: string
  readonly env: Record<string, string>

  constructor(home: string, env: Record<string, string>) {
    this.home = home
    this.env = { HOME: home, ...env }
  }

  /** The same home with something else in the environment. */
  with(env: Record<string, string>): Person {
    return new Person(this.home, { ...this.env, ...env })
  }

  /** Runs a command to its end, in the person's home. */
  run(...args: string[]): Promise<CliResult> {
    return runCli(args, { env: this.env, cwd: this.home })
  }

  /** Runs a command that is expected to end well, and answers what it printed. */
  async ok(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...args)
    expect({ code, stderr: code === 0 ? '' : stderr }, args.join(' ')).toEqual({ code: 0, stderr: '' })
    return stdout
  }

  /** The same, with `--json`: checked against the documented shape. */
  async json<Name extends JsonName>(name: Name, ...args: string[]): Promise<z.output<(typeof JSON_SHAPES)[Name]>> {
    const parsed = JSON_SHAPES[name].parse(JSON.parse(await this.ok(...args, '--json')))
    return parsed as z.output<(typeof JSON_SHAPES)[Name]>
  }

  /** Starts a command that goes on. */
  start(...args: string[]): RunningCommand {
    return startNode({ args: [MAIN, ...args], env: this.env, cwd: this.home })
  }
}

export async function withPerson(env: Record<string, string>, work: (person: Person) => Promise<void>): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'docsfy-cli-'))
  try {
    await work(new Person(home, env))
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

function runCli(args: string[], { env, cwd }: { env: Record<string, string>; cwd: string }): Promise<CliResult> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
  })
  const result: CliResult = { code: null, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    result.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    result.stderr += text
  })
  child.stdin.end()
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...result, code })))
}
