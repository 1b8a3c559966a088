import { uuidParams } from '#lib/http/params.ts'
import { route } from '#lib/http/route.ts'
import { getVariantById } from '#lib/services/variants/get.ts'

export const GET = route({ params: uuidParams, run: (caller, { params }) => getVariantById(caller, params.uuid) })
