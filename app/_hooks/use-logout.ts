import { useCallback } from 'react'
import { useDashboard } from '#app/_state/dashboard-context.tsx'
import { showToast } from '#app/_state/toasts.ts'
import { detailOf } from '#lib/api-client.ts'

/** Ends the session and leads to login; says why when it cannot. */
export function useLogout(): () => Promise<void> {
  const { api } = useDashboard()
  return useCallback(async () => {
    try {
      await api.logout()
      window.location.assign('/login')
    } catch (error) {
      showToast('error', detailOf(error))
    }
  }, [api])
}
