import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv2020 from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { ENDPOINTS } from '#lib/http/endpoints/table.ts'
import { openApiDocument } from '#lib/http/open-api.ts'

/** `METHOD /path` of every route file, as OpenAPI writes it. */
function routesOnDisk(): string[] {
  const files = ['app/api', 'app/health'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) => join(root, file)),
  )
  return files
    .filter((file) => file.endsWith('route.ts'))
    .flatMap((file) => {
      const path = file.replace(/^app|\/route\.ts$/g, '').replaceAll(/\[(\w+)\]/g, '{$1}')
      const methods = readFileSync(file, 'utf8').matchAll(/^export const ([A-Z]+) =/gm)
      return [...methods].map(([, method]) => `${method} ${path}`)
    })
}

it('every route has an entry in the table of endpoints, and every entry a route', () => {
  const listed = Object.values(ENDPOINTS).map(({ method, path }) => `${method} ${path}`)
  expect(listed.sort()).toEqual(routesOnDisk().sort())
})

it('the document describes every endpoint with schemas that a validator takes', () => {
  const document = openApiDocument()
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema(document, 'docsfy')
  for (const { method, path, params } of Object.values(ENDPOINTS)) {
    const operation = document.paths[path]?.[method.toLowerCase()] as { parameters: { name: string; in: string }[] }
    const inPath = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    expect(params).toBeDefined()
    const pointer = `docsfy#/paths/${encodeURIComponent(path.replaceAll('/', '~1'))}/${method.toLowerCase()}/responses`
    expect(ajv.getSchema(`${pointer}/default/content/application~1json/schema`)).toBeTypeOf('function')
  }
})

it('keeps references inside the document', () => {
  const text = JSON.stringify(openApiDocument())
  for (const [, name] of text.matchAll(/"\$ref":"([^"]+)"/g)) expect(name).toMatch(/^#\/components\/schemas\/\w+$/)
  expect(text).toContain('"$ref":"#/components/schemas/Variant"')
})
