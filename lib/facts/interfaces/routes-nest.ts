import type { Node } from '#lib/facts/parse/node.ts'
import type { RawRoute } from '#lib/facts/parse/parsed-file.ts'
import { objectEntries, stringValue } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import { type Decorator, decoratorsOf } from './decorators.ts'

const METHOD = /^(?:Get|Post|Put|Delete|Patch|Options|Head|All)$/

/** Routes of NestJS controllers. */
export function nestRoutes({ root, source, packages }: CodeFile): RawRoute[] {
  if (!packages.has('@nestjs/common')) return []
  return root.descendantsOfType('class_declaration').flatMap((node) => {
    const controller = decoratorsOf(node).find(({ name }) => name === 'Controller')
    if (!controller) return []
    const methods = (node.childForFieldName('body')?.namedChildren ?? []).filter(
      ({ type }) => type === 'method_definition',
    )
    return methods.flatMap((method) =>
      decoratorsOf(method).flatMap((decorator) => {
        if (!METHOD.test(decorator.name)) return []
        const handler = method.childForFieldName('name')?.text ?? null
        const verb = decorator.name === 'All' ? 'ANY' : decorator.name.toUpperCase()
        return pathsOf(controller).flatMap((prefix) =>
          pathsOf(decorator).map((path) => ({
            method: verb,
            path: `/${[prefix, path]
              .map((part) => part.replace(/^\/+|\/+$/g, ''))
              .filter(Boolean)
              .join('/')}`,
            handler,
            router: null,
            range: source.range(decorator.node),
          })),
        )
      }),
    )
  })
}

/** Paths a decorator names: a text, a list, or `{ path: … }`; empty text for none. */
function pathsOf({ args }: Decorator): string[] {
  const first: Node | undefined = args[0]?.type === 'object' ? objectEntries(args[0]).get('path') : args[0]
  const nodes = first?.type === 'array' ? first.namedChildren : first ? [first] : []
  const paths = nodes.flatMap((node) => stringValue(node) ?? [])
  return paths.length > 0 ? paths : ['']
}
