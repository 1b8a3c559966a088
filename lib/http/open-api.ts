import { z } from 'zod'
import { decide, decideOnProject, isProjectAction, RELATIONS } from '#lib/auth/permissions.ts'
import { SESSION_COOKIE } from '#lib/auth/sessions.ts'
import { queuedRunSchema } from '#lib/domain/admin.ts'
import { ROLES } from '#lib/domain/kinds.ts'
import { errorResponseSchema } from '#lib/domain/responses.ts'
import { recordedEventSchema } from '#lib/domain/run-events.ts'
import { runRowSchema } from '#lib/domain/runs.ts'
import { variantRowSchema } from '#lib/domain/variant-schema.ts'
import { type Endpoint, nothing } from '#lib/http/endpoints/endpoint.ts'
import { ENDPOINTS } from '#lib/http/endpoints/table.ts'

const DESCRIPTION = `Send a key as \`Authorization: Bearer KEY\`, or the session cookie that POST /api/auth/login sets; with the cookie,
requests that change something need the header Content-Type: application/json and the Origin of this server.
What a caller may not see is answered with 404, exactly as if it did not exist. Branches and models are written with
\`~2F\` for \`/\`. Times are ISO 8601 UTC. Live updates come over the WebSocket at /api/ws.`

const FAILURES: Record<number, string> = {
  400: 'The request cannot be carried out as it is',
  401: 'No valid key or session',
  403: 'The role of the caller forbids it',
  404: 'There is no such thing, or the caller may not see it',
  409: 'It collides with what is there or running',
  413: 'The body is larger than 64 kB, or than the endpoint says',
  422: 'A field is missing or wrong; `issues` says which',
  429: 'Too many failed logins or deliveries; Retry-After says how many seconds to wait',
  503: 'Database or disk cannot be used, or the server is stopping',
}

/** Schemas that occur in several answers, by the name the document gives them. */
const SHARED = {
  Variant: variantRowSchema,
  Run: runRowSchema,
  RunEvent: recordedEventSchema,
  QueuedRun: queuedRunSchema,
  Error: errorResponseSchema,
}

type JsonSchema = Record<string, unknown>

let made: ReturnType<typeof makeDocument> | null = null

/** The OpenAPI 3.1 document of this server, made once from the schemas its routes validate with. */
export function openApiDocument() {
  made ??= makeDocument()
  return made
}

/** Every status an endpoint may answer with when it fails in an expected way. */
export function failuresOf(endpoint: Endpoint): number[] {
  const { access, params, query, body, method } = endpoint
  const statuses = new Set(endpoint.failures)
  if (access !== 'public') statuses.add(401)
  if (access !== 'public' && (method !== 'GET' || isForbiddenToSome(access))) statuses.add(403)
  if (access !== 'public' && isProjectAction(access)) statuses.add(404)
  if (access !== 'public' && method !== 'GET') statuses.add(400)
  if (body !== nothing) for (const status of [400, 413]) statuses.add(status)
  if ([params, query, body].some((schema) => schema !== nothing)) statuses.add(422)
  return [...statuses].sort()
}

function makeDocument() {
  return {
    openapi: '3.1.0' as const,
    info: { title: 'docsfy', version: '1', description: DESCRIPTION },
    paths: paths(),
    components: {
      schemas: sharedSchemas(),
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
      },
    },
  }
}

function isForbiddenToSome(access: Exclude<Endpoint['access'], 'public'>): boolean {
  return ROLES.some((role) =>
    isProjectAction(access)
      ? RELATIONS.some((relation) => decideOnProject(role, relation, access) === 'forbid')
      : decide(role, access) === 'forbid',
  )
}

function paths(): Record<string, Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, endpoint] of Object.entries(ENDPOINTS)) {
    const methods = paths[endpoint.path] ?? {}
    paths[endpoint.path] = { ...methods, [endpoint.method.toLowerCase()]: operation(name, endpoint) }
  }
  return paths
}

function operation(name: string, endpoint: Endpoint): JsonSchema {
  const { summary, access, params, query, body, answer, media, otherMedia, status, later } = endpoint
  const content = media === 'application/json' ? { schema: jsonSchema(answer, 'output') } : {}
  return {
    operationId: name,
    summary,
    security: access === 'public' ? [] : [{ key: [] }, { session: [] }],
    ...(access === 'public' ? {} : { 'x-docsfy-permission': access }),
    parameters: [...parameters(params, 'path'), ...parameters(query, 'query')],
    ...(body === nothing
      ? {}
      : { requestBody: { content: { 'application/json': { schema: jsonSchema(body, 'input') } } } }),
    responses: {
      [status]: {
        description: 'Done',
        content: { [media]: content, ...Object.fromEntries(otherMedia.map((type) => [type, {}])) },
      },
      ...(later && {
        202: {
          description: 'Not done yet: send the same request again, which goes on waiting',
          content: { 'application/json': { schema: jsonSchema(later, 'output') } },
        },
      }),
      ...Object.fromEntries(failuresOf(endpoint).map((failure) => [failure, failureResponse(failure)])),
      default: failureResponse(500),
    },
  }
}

function failureResponse(status: number): JsonSchema {
  return {
    description: FAILURES[status] ?? 'Something went wrong inside the server',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  }
}

function parameters(schema: z.ZodType, place: 'path' | 'query'): JsonSchema[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

function sharedSchemas(): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(SHARED).map(([name, schema]) => [name, jsonSchema(schema, 'output', name)]))
}

/** The schema as JSON, with a reference wherever a shared one stands; `self` is not replaced by a reference to itself. */
function jsonSchema(schema: z.core.$ZodType, io: 'input' | 'output', self = ''): JsonSchema {
  const known = z.registry<{ id: string }>()
  for (const [id, shared] of Object.entries(SHARED)) if (id !== self) known.add(shared, { id })
  const { $schema, $defs, ...plain } = z.toJSONSchema(schema, { io, metadata: known })
  return withReferences(plain) as JsonSchema
}

function withReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withReferences)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' ? String(inner).replace('#/$defs/', '#/components/schemas/') : withReferences(inner),
    ]),
  )
}
