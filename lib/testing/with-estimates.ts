import { afterAll, beforeAll } from 'vitest'
import { openEstimates } from '#lib/jobs/estimate.ts'
import { createTempRepository, type RepositoryFiles, type TempRepository } from './temp-repository.ts'

/** Lets the tests of a file make estimates of a repository of these files. Call it once, at the top. Returns the repository. */
export function withEstimates(files: RepositoryFiles): () => TempRepository {
  let made: TempRepository | null = null
  let close = () => {}
  beforeAll(async () => {
    close = openEstimates()
    made = await createTempRepository({ files })
  })
  afterAll(async () => {
    close()
    await made?.remove()
  })
  return () => {
    if (!made) throw new Error('There is no repository before the tests begin')
    return made
  }
}
