import { addresses } from './addresses/addresses.ts'
import { naughty } from './api/naughty.ts'
import { permissions } from './api/permissions.ts'
import { disk } from './disk/disk.ts'
import type { Goal } from './goal.ts'
import { revocation } from './live/revocation.ts'
import { heartbeat } from './loads/heartbeat.ts'
import { list, pages } from './loads/http.ts'
import { sockets } from './loads/sockets.ts'
import { properties } from './properties/properties.ts'
import { misbehaviour } from './providers/misbehaviour.ts'
import { repositories } from './repositories/repositories.ts'
import { aborts } from './runs/aborts.ts'
import { crashes } from './runs/crashes.ts'
import { scripting } from './scripting/scripting.ts'
import { secrets } from './secrets/secrets.ts'
import { traversal } from './traversal/traversal.ts'

/** Every goal of the campaign by its id. */
export const GOALS: Record<string, Goal> = {
  B1: addresses,
  B2: repositories,
  B3: scripting,
  B4: traversal,
  B5: naughty,
  B6: permissions,
  B8: properties,
  F3: disk,
  B9: secrets,
  F1: crashes,
  F2: aborts,
  F5: misbehaviour,
  F7: heartbeat,
  F8: revocation,
  L1: sockets,
  L2: pages,
  L3: list,
}

/** L4 is measured while these go on. */
export const WITH_DELAY = ['B2', 'L1', 'L2', 'L3']
