import { replaceKey } from '#db/queries/users.ts'
import type { Principal } from '#lib/auth/authenticate.ts'
import { hashSecret, newUserKey } from '#lib/auth/keys.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import { adminKey } from '#lib/auth/secrets.ts'
import { ADMIN_USERNAME } from '#lib/domain/kinds.ts'
import type { RotateKeyResponse } from '#lib/domain/responses.ts'
import { DocsfyError } from '#lib/errors.ts'
import { announce } from '#lib/events.ts'

/** Gives the caller another key and ends all their sessions. */
export function rotateOwnKey(caller: Principal, newKey?: string): Promise<RotateKeyResponse> {
  return rotate(caller.username, newKey)
}

/** Gives a user another key and ends all their sessions. */
export function rotateUserKey(caller: Principal, username: string, newKey?: string): Promise<RotateKeyResponse> {
  needPermission(caller, 'users.manage')
  return rotate(username, newKey)
}

async function rotate(username: string, newKey = newUserKey()): Promise<RotateKeyResponse> {
  if (username === ADMIN_USERNAME)
    throw new DocsfyError('bad_request', 'The key of admin is ADMIN_KEY: change it in the configuration of the server')
  const unusable = new DocsfyError('bad_request', 'This key cannot be used: choose another one')
  if (newKey === adminKey()) throw unusable
  const result = await replaceKey(username, hashSecret(newKey))
  if (result === 'absent') throw new DocsfyError('not_found', `There is no user "${username}"`)
  if (result === 'taken') throw unusable
  announce('user_locked_out', { username })
  return { username, new_api_key: newKey }
}
