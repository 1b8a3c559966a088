import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Measured, measureBuild } from './measure-build.ts'
import { createSampleRepository } from './sample-repository.ts'

/** Generated repositories, by how many source files they have. */
const SIZES = [
  { files: 50, target: { seconds: 2, peakMb: 700 } },
  { files: 2600, target: { seconds: 15, peakMb: 700 } },
]
const UNCHANGED = { seconds: 1, peakMb: 300 }
const OWN = { seconds: 15, peakMb: 700 }

/**
 * `npm run bench -- build [REPO]`: `docsfy build`, twice each, on this repository and on REPO, or on generated ones. The
 * first build is that of a new machine; the others find what Node made of our files, as every later command does.
 */
export async function run([given]: string[]): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-bench-'))
  try {
    const own = await measureTwice('This repository, first command', { folder, repository: resolve('.'), target: OWN })
    const others = given
      ? await measureTwice(given, { folder, repository: resolve(given), target: OWN })
      : await measureSamples(folder)
    return [...own, ...others].every(Boolean)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureSamples(folder: string): Promise<boolean[]> {
  const results: boolean[] = []
  for (const { files, target } of SIZES) {
    const sample = await createSampleRepository(files)
    results.push(
      ...(await measureTwice(`Generated, ${files} source files`, { folder, repository: sample.path, target })),
    )
    await sample.remove()
  }
  return results
}

interface Measure {
  /** For caches, and for one site after the other. */
  folder: string
  repository: string
  target: typeof OWN
}

async function measureTwice(title: string, { folder, repository, target }: Measure): Promise<boolean[]> {
  await rm(join(folder, 'site'), { recursive: true, force: true })
  return [
    print(title, target, await measureBuild({ repository, folder })),
    print(`${title}, same commit again`, UNCHANGED, await measureBuild({ repository, folder })),
  ]
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
