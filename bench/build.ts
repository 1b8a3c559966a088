import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Measured, measureBuild } from './measure-build.ts'
import { createSampleRepository } from './sample-repository.ts'

const SOURCE_FILES = 600
const TARGETS = {
  own: { seconds: 20, peakMb: 700 },
  large: { seconds: 60, peakMb: 700 },
  again: { seconds: 2, peakMb: 300 },
}

/** `npm run bench -- build [REPO]`: `docsfy build` on this repository and on REPO, or on a generated one. */
export async function run([given]: string[]): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-bench-'))
  const sample = given ? null : await createSampleRepository(SOURCE_FILES)
  const large = sample?.path ?? resolve(given ?? '')
  try {
    const own = { repository: resolve('.'), folder: join(folder, 'own') }
    const big = { repository: large, folder: join(folder, 'large') }
    const results = [
      print('This repository', TARGETS.own, await measureBuild(own)),
      print('This repository, same commit again', TARGETS.again, await measureBuild(own)),
      print(sample ? `Generated, ${SOURCE_FILES} source files` : large, TARGETS.large, await measureBuild(big)),
    ]
    return results.every(Boolean)
  } finally {
    await rm(folder, { recursive: true, force: true })
    await sample?.remove()
  }
}

function print(title: string, target: { seconds: number; peakMb: number }, measured: Measured): boolean {
  const isKept = measured.seconds <= target.seconds && measured.peakMb <= target.peakMb
  const rows = measured.stages.map(({ stage, seconds, peakMb }) => [
    stage,
    seconds.toFixed(2),
    peakMb?.toFixed(0) ?? '',
  ])
  const total = ['whole command', measured.seconds.toFixed(2), measured.peakMb.toFixed(0)]
  const targets = ['target, at most', target.seconds.toFixed(2), target.peakMb.toFixed(0)]
  console.log(`\n${title}: ${measured.pages} pages of ${measured.files} files${isKept ? '' : ' — TARGET MISSED'}`)
  for (const [name = '', seconds = '', peak = ''] of [['stage', 'seconds', 'peak MB'], ...rows, total, targets])
    console.log(`  ${name.padEnd(22)}${seconds.padStart(9)}${peak.padStart(9)}`)
  return isKept
}
