import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js'
import type { Answer } from './api-client.ts'

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: object }> }>
}

/** Checks answers against the document the server itself serves. */
export class Contract {
  private readonly ajv = new Ajv2020({ strict: false, validateFormats: false })
  private readonly validators = new Map<string, ValidateFunction | null>()
  private readonly paths: Record<string, Record<string, Operation>>

  constructor(document: object) {
    this.ajv.addSchema(document, 'docsfy')
    this.paths = (document as { paths: Record<string, Record<string, Operation>> }).paths
  }

  operations(): string[] {
    return Object.entries(this.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
  }

  /** What is wrong with an answer to `operation` (`GET /api/…`, as in the document); null when nothing is. */
  problemOf(operation: string, answer: Answer): string | null {
    const [method = '', path = ''] = operation.split(' ')
    const described = this.paths[path]?.[method.toLowerCase()]?.responses[answer.status]
    if (!described) return `status ${answer.status} is not in the document: ${answer.text.slice(0, 200)}`
    const type = answer.headers['content-type']?.split(';')[0] ?? ''
    if (!described.content?.[type]) return `type "${type}" of status ${answer.status} is not in the document`
    if (answer.headers['cache-control'] !== 'no-store') return 'a cache may keep the answer'
    if (type !== 'application/json') return null
    const validate = this.validator(path, method, answer.status)
    if (validate?.(answer.json)) return null
    return `the answer does not fit the document: ${this.ajv.errorsText(validate?.errors)}`
  }

  private validator(path: string, method: string, status: number): ValidateFunction | null {
    const pointer = `docsfy#/paths/${encodeURIComponent(path.replaceAll('/', '~1'))}/${method.toLowerCase()}/responses/${status}/content/application~1json/schema`
    const known = this.validators.get(pointer)
    if (known !== undefined) return known
    const made = this.ajv.getSchema(pointer) ?? null
    this.validators.set(pointer, made)
    return made
  }
}
