import type { Node } from '#lib/facts/parse/node.ts'
import type { RawRoute } from '#lib/facts/parse/parsed-file.ts'
import { type Annotation, annotationsOf, annotationTexts } from './annotations.ts'
import type { CodeFile } from './code-file.ts'

const MAPPING = /^(Get|Post|Put|Delete|Patch|Request)Mapping$/
const JAXRS = /^(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)$/

/** Routes of Spring controllers and JAX-RS resources. A Feign client names routes of somebody else. */
export function springRoutes({ root, source }: CodeFile): RawRoute[] {
  if (!/Mapping\b|@Path\b/.test(source.content)) return []
  const isJaxrs = /\b(?:javax|jakarta)\.ws\.rs\b/.test(source.content)
  return root.descendantsOfType('class_declaration').flatMap((node) => {
    const annotations = annotationsOf(node)
    const isController = annotations.some(({ name }) => /^(?:Rest)?Controller$/.test(name))
    const resource = annotations.find(({ name }) => name === 'Path')
    if (!isController && !(isJaxrs && resource)) return []
    const mapping = annotations.find(({ name }) => name === 'RequestMapping')
    const prefixes = isController ? pathsOf(mapping) : pathsOf(resource)
    const methods = (node.childForFieldName('body')?.namedChildren ?? []).filter(
      ({ type }) => type === 'method_declaration',
    )
    return methods.flatMap((method) =>
      isController ? springMethod(method, prefixes, source) : jaxrsMethod(method, prefixes, source),
    )
  })
}

function springMethod(node: Node, prefixes: string[], source: CodeFile['source']): RawRoute[] {
  return annotationsOf(node).flatMap((annotation) => {
    const verb = MAPPING.exec(annotation.name)?.[1]
    if (!verb) return []
    const listed = annotation.values.get('method')?.text.match(/\b(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)\b/g)
    const methods = verb === 'Request' ? (listed ?? ['ANY']) : [verb.toUpperCase()]
    return routesOf({ node, methods, prefixes, paths: pathsOf(annotation), annotation }, source)
  })
}

function jaxrsMethod(node: Node, prefixes: string[], source: CodeFile['source']): RawRoute[] {
  const annotations = annotationsOf(node)
  const path = annotations.find(({ name }) => name === 'Path')
  return annotations
    .filter(({ name }) => JAXRS.test(name))
    .flatMap((annotation) =>
      routesOf({ node, methods: [annotation.name], prefixes, paths: pathsOf(path), annotation }, source),
    )
}

interface Mapped {
  node: Node
  methods: string[]
  prefixes: string[]
  paths: string[]
  annotation: Annotation
}

function routesOf({ node, methods, prefixes, paths, annotation }: Mapped, source: CodeFile['source']): RawRoute[] {
  const handler = node.childForFieldName('name')?.text ?? null
  const range = source.range(annotation.node)
  return prefixes.flatMap((prefix) =>
    paths.flatMap((path) =>
      methods.map((method) => {
        const parts = [prefix, path].map((part) => part.replace(/^\/+|\/+$/g, '')).filter(Boolean)
        return { method, path: `/${parts.join('/')}`, handler, router: null, range }
      }),
    ),
  )
}

/** Paths an annotation names; empty text when it names none. */
function pathsOf(annotation: Annotation | undefined): string[] {
  const paths = annotationTexts(annotation, 'path', 'value')
  return paths.length > 0 ? paths : ['']
}
