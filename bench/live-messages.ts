import type { ChildProcess } from 'node:child_process'
import type { TargetName } from './live-targets.ts'

/** What the measuring process and its two children, server and clients, say to each other. */
export interface ConnectOrder {
  kind: 'connect'
  target: TargetName
  port: number
  clients: number
  keys: string[]
}
export type Order =
  | { kind: 'listen'; target: TargetName; users: number; folder: string }
  | ConnectOrder
  | { kind: 'resources' }
  | { kind: 'flood'; clients: number; forMs: number }
  | { kind: 'paced'; rounds: number; intervalMs: number }
  | { kind: 'count'; rounds: number }
  | { kind: 'arrivals'; sentMs: number[] }
  | { kind: 'terminal'; rounds: number }
  | Extract<Report, { kind: 'complete' }>

export type Report =
  | { kind: 'listening'; port: number; keys: string[] }
  | { kind: 'connected' | 'counting' }
  | { kind: 'resources'; rssBytes: number; cpuMicros: number }
  | { kind: 'complete'; rounds: number; atMs: number }
  | { kind: 'sent'; sentMs: number[] }
  | { kind: 'latencies'; p50Ms: number; p99Ms: number; missing: number }
  | { kind: 'terminal'; loopMs: number[]; cpuMs: number[]; stallMs: number[] }

/** Sends an order and resolves with the report it leads to. */
export function ask<Kind extends Report['kind']>(child: ChildProcess, order: Order, kind: Kind) {
  return new Promise<Extract<Report, { kind: Kind }>>((resolve, reject) => {
    function hear(report: Report): void {
      if (report.kind !== kind) return
      child.off('message', hear)
      child.off('exit', fail)
      resolve(report as Extract<Report, { kind: Kind }>)
    }
    function fail(code: number | null): void {
      reject(new Error(`A process of the measurement ended with exit code ${code}`))
    }
    child.on('message', hear)
    child.once('exit', fail)
    child.send(order)
  })
}

/** Answers the process that measures. */
export function tell(report: Report): void {
  process.send?.(report)
}

/** Milliseconds on a clock that all processes of this machine share. */
export function sharedNowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
