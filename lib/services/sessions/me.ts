import type { Role } from '#lib/domain/kinds.ts'
import type { MeResponse } from '#lib/domain/responses.ts'

/** Who somebody is, as clients see it. */
export function presentMe({ username, role }: { username: string; role: Role }): MeResponse {
  return { username, role, is_admin: role === 'admin' }
}
