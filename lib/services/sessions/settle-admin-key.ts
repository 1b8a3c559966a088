import { deleteSessionsOf } from '#db/queries/sessions.ts'
import { getSetting, putSetting } from '#db/queries/settings.ts'
import { hashSecret } from '#lib/auth/keys.ts'
import { adminKey } from '#lib/auth/secrets.ts'
import { ADMIN_USERNAME } from '#lib/domain/kinds.ts'

const SETTING = 'admin_key_hash'

/** Ends the admin's sessions when the admin key is not the one of the last start. Makes the key on the first start. */
export async function settleAdminKey(): Promise<void> {
  const hash = hashSecret(adminKey())
  if ((await getSetting(SETTING)) === hash) return
  await deleteSessionsOf(ADMIN_USERNAME)
  await putSetting(SETTING, hash)
}
