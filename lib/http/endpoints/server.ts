import { z } from 'zod'
import { healthResponseSchema, modelsResponseSchema } from '#lib/domain/responses.ts'
import { endpoint } from '#lib/http/endpoints/endpoint.ts'

/** What anybody may ask. */
export const serverEndpoints = {
  health: endpoint({
    method: 'GET',
    path: '/health',
    summary: 'Whether database and disk work',
    access: 'public',
    answer: healthResponseSchema,
    failures: [503],
  }),
  listModels: endpoint({
    method: 'GET',
    path: '/api/models',
    summary: 'Who can write, and who does when nothing is said',
    access: 'public',
    answer: modelsResponseSchema,
  }),
  openApi: endpoint({
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This document',
    access: 'public',
    answer: z.looseObject({ openapi: z.literal('3.1.0') }),
  }),
}
