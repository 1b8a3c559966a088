import { useCallback } from 'react'
import { select } from '#app/_hooks/use-place.ts'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import type { GenerateBody } from '#lib/domain/requests.ts'
import { variantKey } from '#lib/domain/variant.ts'

const DELIVERY_LIMIT_MS = 5_000

export type StartRequest = GenerateBody & { branch: string; ai_provider: string; ai_model: string }

/**
 * Starts a generation and shows its variant at once. When the feed has not told of it after 5 seconds, the list is
 * fetched once. Throws the ApiError of a refusal.
 */
export function useStartGeneration(): (body: StartRequest) => Promise<void> {
  const { api, viewer, variants, expected, refetch } = useDashboard()
  return useCallback(
    async (body) => {
      const started = await api.generate(body)
      const { ai_provider: provider, ai_model: model } = body
      const identity = { owner: viewer.username, name: started.project, branch: started.branch, provider, model }
      const key = variantKey(identity)
      const before = variants.row(key)
      expected.add(key)
      select(identity)
      setTimeout(() => {
        const now = variants.row(key)
        if (now === null || (now === before && now.status !== 'generating')) refetch()
      }, DELIVERY_LIMIT_MS)
    },
    [api, viewer, variants, expected, refetch],
  )
}
