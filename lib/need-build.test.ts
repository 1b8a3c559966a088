import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { needBuild } from '#lib/need-build.ts'

it('says what to run where the dashboard was never built, or its build was broken off', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'docsfy-build-'))
  try {
    await expect(needBuild(folder)).rejects.toThrow(
      `The dashboard in ${folder} is not built: run "npm run build" there`,
    )
    await mkdir(join(folder, '.next', 'server'), { recursive: true })
    await expect(needBuild(folder)).rejects.toMatchObject({ code: 'start_up' })
    await writeFile(join(folder, '.next', 'BUILD_ID'), 'x')
    await needBuild(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
})
