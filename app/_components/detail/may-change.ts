import type { MeResponse } from '#lib/domain/responses.ts'

/** Whether this viewer may generate, abort and delete what belongs to `owner`. */
export function mayChange(owner: string, viewer: MeResponse): boolean {
  return viewer.is_admin || (viewer.role === 'user' && owner === viewer.username)
}
