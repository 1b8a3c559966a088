import type { Node } from '#lib/facts/parse/node.ts'
import type { CommandMount } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf, keywordsOf, stringValue } from './arguments.ts'

type Reference = CommandMount['child']

/** Names of a Python file for what makes or holds a command: functions and variables of the module, each behind a dot. */
export class PythonCommandNames {
  /** Module and name behind a name that an import brings. */
  private readonly imported: ReadonlyMap<string, { specifier: string; name: string }>

  constructor(root: Node) {
    this.imported = importedNames(root)
  }

  /** What `app`, `users.app` stand for; null for anything else. */
  of(node: Node | null | undefined): Reference | null {
    if (node?.type === 'identifier') {
      const known = this.imported.get(node.text)
      return known ? { name: `.${known.name}`, from: known.specifier } : { name: `.${node.text}`, from: null }
    }
    if (node?.type !== 'attribute') return null
    const known = this.imported.get(node.childForFieldName('object')?.text ?? '')
    const field = node.childForFieldName('attribute')?.text ?? ''
    return known ? { name: `.${field}`, from: joined(known.specifier, known.name) } : null
  }
}

/** `outer.add_typer(inner, name="…")`, `outer.add_command(inner, "…")` and `outer.command("…")(function)`. */
export function pythonCommandMounts(root: Node, names: PythonCommandNames): CommandMount[] {
  return root.descendantsOfType('call').flatMap((call): CommandMount[] => {
    const callee = call.childForFieldName('function')
    const [first, second] = argumentsOf(call)
    const isRegistered = callee?.type === 'call' && methodOf(callee) === 'command'
    const adding = isRegistered ? callee : /^add_(?:typer|command)$/.test(methodOf(call)) ? call : null
    const parent = names.of(adding?.childForFieldName('function')?.childForFieldName('object'))
    const child = names.of(first)
    if (!adding || !parent || !child) return []
    const given = isRegistered ? argumentsOf(adding)[0] : second
    return [{ parent, child, name: stringValue(keywordsOf(adding).get('name') ?? given) }]
  })
}

/** The command a decorated function hangs below: `app` of `@app.command()`. */
export function decoratorMount(decorator: Node, name: string, names: PythonCommandNames): CommandMount[] {
  const callee = decorator.type === 'call' ? decorator.childForFieldName('function') : decorator
  const parent = names.of(callee?.childForFieldName('object'))
  return parent ? [{ parent, child: { name: `.${name}`, from: null } }] : []
}

function methodOf(call: Node): string {
  const callee = call.childForFieldName('function')
  return callee?.type === 'attribute' ? (callee.childForFieldName('attribute')?.text ?? '') : ''
}

function importedNames(root: Node): Map<string, { specifier: string; name: string }> {
  const found = new Map<string, { specifier: string; name: string }>()
  for (const statement of root.descendantsOfType('import_from_statement')) {
    const specifier = statement.childForFieldName('module_name')?.text ?? ''
    for (const named of statement.childrenForFieldName('name')) {
      const name = (named?.type === 'aliased_import' ? named.childForFieldName('name') : named)?.text ?? ''
      const alias = named?.type === 'aliased_import' ? named.childForFieldName('alias')?.text : name
      if (alias) found.set(alias, { specifier, name })
    }
  }
  return found
}

/** The module `users` of `from .commands import users`. */
function joined(specifier: string, name: string): string {
  return specifier.endsWith('.') ? `${specifier}${name}` : `${specifier}.${name}`
}
