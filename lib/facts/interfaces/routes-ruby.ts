import type { Node } from '#lib/facts/parse/node.ts'
import type { RawRoute } from '#lib/facts/parse/parsed-file.ts'
import type { CodeFile } from './code-file.ts'
import { railsRoutes } from './routes-rails.ts'
import { rubyText } from './ruby-text.ts'

const VERB = /^(?:get|post|put|patch|delete|options|head|link|unlink)$/

/** Routes of Rails' `config/routes.rb` and of Sinatra. */
export function rubyRoutes(file: CodeFile): RawRoute[] {
  const { root, source } = file
  if (/(?:^|\/)config\/routes(?:\.rb$|\/)/.test(source.path)) return railsRoutes(file)
  if (!/\bsinatra\b|Sinatra::/i.test(source.content)) return []
  return root.descendantsOfType('call').flatMap((call) => {
    const method = call.childForFieldName('method')?.text ?? ''
    const hasBlock = call.childForFieldName('block') !== null
    if (!VERB.test(method) || call.childForFieldName('receiver') || !hasBlock || !isRegistered(call)) return []
    const first = call.childForFieldName('arguments')?.namedChildren[0]
    const path = first?.type === 'string' ? rubyText(first) : first?.type === 'regex' ? first.text : null
    if (path === null || (first?.type === 'string' && !/^[/*:]/.test(path))) return []
    const range = source.range(call.childForFieldName('method') ?? call, first)
    return [{ method: method.toUpperCase(), path: namespaceOf(call) + path, handler: null, router: null, range }]
  })
}

/** At the top of a file or of a class: not inside a method, where `get` asks a server. */
function isRegistered(call: Node): boolean {
  for (let at = call.parent; at; at = at.parent) if (/^(?:method|singleton_method)$/.test(at.type)) return false
  return true
}

/** Prefix of the `namespace '/a' do` blocks around a call. */
function namespaceOf(call: Node): string {
  let prefix = ''
  for (let at = call.parent; at; at = at.parent) {
    if (at.type !== 'call' || at.childForFieldName('method')?.text !== 'namespace') continue
    const first = at.childForFieldName('arguments')?.namedChildren[0]
    prefix = (first ? (rubyText(first) ?? '') : '') + prefix
  }
  return prefix
}
