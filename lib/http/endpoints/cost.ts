import { adminCostResponseSchema, costResponseSchema, variantCostResponseSchema } from '#lib/domain/cost-answers.ts'
import { estimateResponseSchema, estimatingResponseSchema } from '#lib/domain/estimate-answer.ts'
import { generateRequestSchema } from '#lib/domain/requests.ts'
import { endpoint } from '#lib/http/endpoints/endpoint.ts'
import { monthQuery, runQuery, variantParams } from '#lib/http/params.ts'

/** What calls of models have cost. Sums never hold a price that is not known: those calls are counted beside them. */
export const costEndpoints = {
  getCost: endpoint({
    method: 'GET',
    path: '/api/cost',
    summary: "What the caller's runs have spent in a month, and what everything the caller may see has cost",
    access: 'projects.list',
    query: monthQuery,
    answer: costResponseSchema,
  }),
  getCostOfAll: endpoint({
    method: 'GET',
    path: '/api/admin/cost',
    summary: 'What all users have spent in a month and in the months before',
    access: 'server.inspect',
    query: monthQuery,
    answer: adminCostResponseSchema,
  }),
  estimate: endpoint({
    method: 'POST',
    path: '/api/estimate',
    summary: 'What a generation would write now, why, and what it would need at most; it is not started',
    access: 'generation.start',
    body: generateRequestSchema,
    answer: estimateResponseSchema,
    later: estimatingResponseSchema,
    failures: [429, 502, 504],
  }),
  getVariantCost: endpoint({
    method: 'GET',
    path: '/api/projects/{name}/{branch}/{provider}/{model}/cost',
    summary: 'What a variant, or one run of it, has cost, by page and by call',
    access: 'project.read',
    params: variantParams,
    query: runQuery,
    answer: variantCostResponseSchema,
    failures: [409],
  }),
}
