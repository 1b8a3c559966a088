import { publicRoute } from '#lib/http/route.ts'
import { listModels } from '#lib/services/server/models.ts'

export const dynamic = 'force-dynamic'
export const GET = publicRoute({ run: listModels })
