import { expect, it } from 'vitest'
import { usernameSchema } from '#lib/domain/requests.ts'
import { usernameProblem } from '#lib/domain/username.ts'

it('says of a name what the server would say of it', () => {
  for (const name of ['mira', 'a1', 'a', '', '-mira', 'mira.k_2', 'Admin', 'admin', 'x'.repeat(51), 'mi ra', 'ämil']) {
    const parsed = usernameSchema.safeParse(name)
    expect(usernameProblem(name)).toBe(parsed.success ? null : (parsed.error.issues[0]?.message ?? ''))
  }
})
