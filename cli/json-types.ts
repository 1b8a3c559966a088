import { z } from 'zod'
import { variantRowSchema } from '#lib/domain/variant-schema.ts'

/** The row of a variant is part of several results: it is explained once, under this name. */
export const ROW_NAME = 'Row'

const names = z.registry<{ id: string }>()
names.add(variantRowSchema, { id: ROW_NAME })

type JsonSchema = z.core.JSONSchema.BaseSchema

/** A schema as a TypeScript type, for readers. */
export function jsonType(schema: z.core.$ZodType, { named = true } = {}): string {
  if (named && schema === variantRowSchema) return ROW_NAME
  const metadata = named ? names : z.registry<{ id: string }>()
  return typeOf(z.toJSONSchema(schema, { metadata, io: 'output' }), '')
}

function typeOf(schema: z.core.JSONSchema._JSONSchema | undefined, indent: string): string {
  if (typeof schema !== 'object') return 'unknown'
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? 'unknown'
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum) return schema.enum.map(literal).join(' | ')
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(one, indent)).join(' | ')
  if (schema.type === 'array') return arrayOf(typeOf(schema.items as JsonSchema, indent))
  if (schema.type === 'object') return objectType(schema, indent)
  return [schema.type ?? 'unknown'].flat().join(' | ').replace('integer', 'number')
}

function objectType(schema: JsonSchema, indent: string): string {
  if (!schema.properties) return `Record<string, ${typeOf(schema.additionalProperties, indent)}>`
  const fields = Object.entries(schema.properties).map(([name, field]) => {
    const mark = schema.required?.includes(name) ? '' : '?'
    return `${indent}  ${name}${mark}: ${typeOf(field, `${indent}  `)}`
  })
  return `{\n${fields.join('\n')}\n${indent}}`
}

function arrayOf(type: string): string {
  return type.includes(' | ') && !type.startsWith('{') ? `(${type})[]` : `${type}[]`
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}
