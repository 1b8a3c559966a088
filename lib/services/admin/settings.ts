import type { Principal } from '#lib/auth/authenticate.ts'
import { needPermission } from '#lib/auth/need-permission.ts'
import { settingsInUse } from '#lib/config.ts'
import type { SettingsResponse } from '#lib/domain/admin.ts'

/** The settings this server runs with, without secrets. */
export function getSettings(caller: Principal): SettingsResponse {
  needPermission(caller, 'server.inspect')
  const settings = settingsInUse()
  return {
    settings: settings.map(({ name, value, isSet, isSecret }) => ({
      name,
      value,
      is_set: isSet,
      is_secret: isSecret,
    })),
  }
}
