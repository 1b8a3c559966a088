import { useEffect, useState } from 'react'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { detailOf } from '#lib/api-client.ts'
import type { ModelsResponse } from '#lib/domain/responses.ts'

export interface LoadedModels {
  /** Null while loading, or when it failed. */
  models: ModelsResponse | null
  problem: string | null
}

/** Which providers and models this server offers. */
export function useModels(): LoadedModels {
  const { api } = useDashboard()
  const [loaded, setLoaded] = useState<LoadedModels>({ models: null, problem: null })
  useEffect(() => {
    api.models().then(
      (models) => setLoaded({ models, problem: null }),
      (error: unknown) => setLoaded({ models: null, problem: detailOf(error) }),
    )
  }, [api])
  return loaded
}
