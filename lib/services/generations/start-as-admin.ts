import { isAbsolute } from 'node:path'
import { ADMIN_USERNAME } from '#lib/domain/kinds.ts'
import { BUILTIN_MODEL } from '#lib/domain/providers.ts'
import type { GenerateResponse } from '#lib/domain/responses.ts'
import { startGeneration } from '#lib/services/generations/start.ts'

export interface AdminGeneration {
  /** An address, or the absolute path of a local repository. */
  repository: string
  /** Absent: the branch HEAD of the repository names. */
  branch?: string
  force?: boolean
}

/** Starts the built-in writer for the built-in account, from the server's own process. Throws as startGeneration does. */
export function startAsAdmin({ repository, branch, force = false }: AdminGeneration): Promise<GenerateResponse> {
  const source = isAbsolute(repository) ? { repo_path: repository } : { repo_url: repository }
  return startGeneration(
    { username: ADMIN_USERNAME, role: 'admin', credential: { kind: 'key', hash: '' }, expiresAt: null },
    {
      ...source,
      branch: branch ?? null,
      force,
      ai_provider: 'builtin',
      ai_model: BUILTIN_MODEL,
      trigger: 'start',
    },
  )
}
