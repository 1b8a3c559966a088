import type { RawKey } from '#lib/facts/parse/parsed-file.ts'
import { annotationsOf, annotationText } from './annotations.ts'
import type { CodeFile } from './code-file.ts'

const VALUE = /^\$\{([\w.-]+)(?::([^}]*))?\}$/

/** Properties of Spring: `@Value("${a.b:1}")` and the fields of `@ConfigurationProperties` classes. */
export function javaKeys({ root, source }: CodeFile): RawKey[] {
  if (!/@(?:Value|ConfigurationProperties)\b/.test(source.content)) return []
  const values = root
    .descendantsOfType(['field_declaration', 'formal_parameter', 'method_declaration'])
    .flatMap((node) => {
      const annotation = annotationsOf(node).find(({ name }) => name === 'Value')
      const match = VALUE.exec(annotationText(annotation, 'value') ?? '')
      if (!annotation || !match?.[1]) return []
      const type = node.childForFieldName('type')?.text ?? null
      return [
        {
          name: match[1],
          type,
          default: match[2] || null,
          help: null,
          owner: '@Value',
          range: source.range(annotation.node),
        },
      ]
    })
  return [...values, ...root.descendantsOfType('class_declaration').flatMap((node) => propertiesOf(node, source))]
}

function propertiesOf(node: CodeFile['root'], source: CodeFile['source']): RawKey[] {
  const annotation = annotationsOf(node).find(({ name }) => name === 'ConfigurationProperties')
  const prefix = annotationText(annotation, 'prefix', 'value')
  if (prefix === null) return []
  const owner = node.childForFieldName('name')?.text ?? ''
  const fields = (node.childForFieldName('body')?.namedChildren ?? []).filter(
    ({ type }) => type === 'field_declaration',
  )
  return fields.flatMap((field) => {
    const declarator = field.childForFieldName('declarator')
    const name = declarator?.childForFieldName('name')?.text
    const isStatic = /\bstatic\b/.test(field.firstNamedChild?.type === 'modifiers' ? field.firstNamedChild.text : '')
    const value = declarator?.childForFieldName('value')
    if (!name || isStatic) return []
    const fallback =
      value && /_literal$|^(?:true|false)$/.test(value.type) ? value.text.replace(/^"(.*)"$/, '$1') : null
    const key = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()
    return [
      {
        name: `${prefix}.${key}`,
        type: field.childForFieldName('type')?.text ?? null,
        default: fallback,
        help: null,
        owner,
        range: source.range(field),
      },
    ]
  })
}
