import type { FetchProgress } from './engine.ts'

const INTERVAL_MS = 250
const WORDS: Record<string, string> = { Receiving: 'Indexing objects', Resolving: 'Resolving deltas' }

/** Reads how far git is from its error output, where a line is overwritten again and again. */
export function gitProgress(progress: FetchProgress): (text: string) => void {
  let rest = ''
  let toldAt = 0
  return (text) => {
    const lines = (rest + text).split(/[\r\n]/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const match = /^(Receiving objects|Resolving deltas): +\d+% \((\d+)\/(\d+)\)/.exec(line)
      const words = WORDS[match?.[1]?.split(' ')[0] ?? '']
      const [done, total] = [Number(match?.[2]), Number(match?.[3])]
      if (!words || (done < total && performance.now() - toldAt < INTERVAL_MS)) continue
      toldAt = performance.now()
      progress(words, done, total)
    }
  }
}

/** Tells how much has arrived each time another megabyte has. */
export function bytesProgress(progress: FetchProgress): (received: number) => void {
  let told = 0
  return (received) => {
    const megabytes = Math.floor(received / 1e6)
    if (megabytes <= told) return
    told = megabytes
    progress(`Received ${megabytes} MB`)
  }
}
