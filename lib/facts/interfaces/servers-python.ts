import type { Node } from '#lib/facts/parse/node.ts'
import type { RawServer } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf, keywordsOf } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import { runsAtLoad } from './runs-at-load.ts'

const SEEN =
  /\b(?:uvicorn|waitress|hypercorn|run_app|run_simple|serve_forever|run_server)\b|\.(?:run|serve|start|listen)\(|^from bottle\b/m

/** Functions that serve until they are stopped, with the module they come from. */
const SERVING: [module: RegExp, name: RegExp][] = [
  [/^uvicorn$/, /^run$/],
  [/^waitress$/, /^serve$/],
  [/^hypercorn\.\w+$/, /^serve$/],
  [/^aiohttp(?:\.web)?$/, /^(?:web\.)?run_app$/],
  [/^werkzeug(?:\.serving)?$/, /^(?:serving\.)?run_simple$/],
  [/^bottle$/, /^run$/],
]

/** What a variable holds, by the call that made it, and the method that serves with it. */
const MADE: [maker: RegExp, method: RegExp, module: RegExp][] = [
  [/^(?:flask\.)?Flask$|^(?:quart\.)?Quart$/, /^(?:run|run_task)$/, /^(?:flask|quart)\b/],
  [
    /^(?:sanic\.)?Sanic$|^(?:bottle\.)?Bottle$|^(?:flask_socketio\.)?SocketIO$/,
    /^run$/,
    /^(?:sanic|bottle|flask_socketio)\b/,
  ],
  [/^(?:dash\.)?Dash$/, /^run(?:_server)?$/, /^dash\b/],
  [/(?:^|\.)FastMCP$/, /^run(?:_async)?$/, /^(?:mcp|fastmcp)\b/],
  [/(?:^|\.)Server$/, /^(?:run|serve)$/, /^uvicorn\b/],
  [/(?:^|\.)server$/, /^start$/, /^grpc\b/],
  [/(?:^|\.)(?:Application|HTTPServer)$/, /^listen$/, /^tornado\b/],
  [/(?:^|\.)(?:\w*(?:HTTP|TCP|UDP|WSGI|XMLRPC)Server|make_server|start_(?:unix_)?server)$/, /^serve_forever$/, /./],
]
const FACTORY = /(?:^|\.)(?:create|make|get|build)_\w*app(?:lication)?$/
const WEB = /^(?:flask|quart|sanic|bottle|dash)\b/
const ADDRESS = /^(?:host|port|debug|use_reloader|ssl_context)$/

interface Reading extends CodeFile {
  imported: Map<string, { module: string; name: string }>
  values: Map<string, Node[]>
}

/** Calls that make a Python program serve: uvicorn, Flask and their like, servers of the standard library. */
export function pythonServers(file: CodeFile): { servers: RawServer[] } {
  const { root, source } = file
  if (!SEEN.test(source.content)) return { servers: [] }
  const reading = { ...file, imported: importedNames(root), values: valuesByName(root) }
  const servers = root.descendantsOfType('call').flatMap((call): RawServer[] => {
    const callee = call.childForFieldName('function')
    if (!callee || !isStart(call, callee, reading) || passesItself(call)) return []
    const name = callee.text.replace(/\(.*\)/s, '()')
    return [{ name, runs: runsAtLoad(call), range: source.range(call) }]
  })
  return { servers }
}

function isStart(call: Node, callee: Node, reading: Reading): boolean {
  if (callee.type === 'identifier') {
    const from = reading.imported.get(callee.text)
    return from !== undefined && SERVING.some(([module, name]) => module.test(from.module) && name.test(from.name))
  }
  const [object, method] = [callee.childForFieldName('object'), callee.childForFieldName('attribute')?.text ?? '']
  if (!object) return false
  const start = object.text.split('.')[0] ?? ''
  const from = reading.imported.get(start)
  const inside = `${from?.module}${from && from.name !== '*' ? `.${from.name}` : ''}${object.text.slice(start.length)}`
  if (from && SERVING.some(([module, name]) => module.test(inside) && name.test(method))) return true
  return isMade(object, method, reading) || isOwnApplication(call, { object, method }, reading)
}

/** `Flask(__name__).run()`, `server.serve_forever()` where the variable holds what serves so. */
function isMade(object: Node, method: string, { values, packages }: Reading): boolean {
  const made = object.type === 'call' ? [object] : (values.get(object.text) ?? [])
  return made.some((value) => {
    const maker = makerOf(value)
    return MADE.some(
      ([makes, serves, module]) =>
        serves.test(method) && makes.test(maker) && [...packages].some((name) => module.test(name)),
    )
  })
}

/** `app.run(port=…)` of an application that a factory or another module made. */
function isOwnApplication(
  call: Node,
  { object, method }: { object: Node; method: string },
  { values, imported, packages }: Reading,
): boolean {
  if (method !== 'run' || !/^(?:\w+\.)?(?:app|application|socketio)$/.test(object.text)) return false
  const isGiven = [...keywordsOf(call).keys()].some((name) => ADDRESS.test(name))
  const made = values.get(object.text)
  if (made) return made.some((value) => FACTORY.test(makerOf(value))) && (isGiven || [...packages].some(isWeb))
  return isGiven && imported.has(object.text.split('.')[0] ?? '')
}

function isWeb(name: string): boolean {
  return WEB.test(name)
}

/** A framework that serves itself: whoever uses it starts a server, not this code. */
function passesItself(call: Node): boolean {
  return argumentsOf(call).some(({ text }) => /^self\b(?!\.(?:app|port|host|config)\b)/.test(text))
}

function makerOf(value: Node): string {
  const call = value.type === 'await' ? value.firstNamedChild : value
  return call?.type === 'call' ? (call.childForFieldName('function')?.text ?? '') : ''
}

/** Names a file imports; a whole module has the name `*`. */
function importedNames(root: Node): Reading['imported'] {
  const found: Reading['imported'] = new Map()
  for (const statement of root.descendantsOfType(['import_from_statement', 'import_statement'])) {
    const module = statement.childForFieldName('module_name')?.text ?? null
    for (const child of statement.childrenForFieldName('name')) {
      const name = (child?.type === 'aliased_import' ? child.childForFieldName('name') : child)?.text ?? ''
      const alias = child?.childForFieldName('alias')?.text
      if (module === null)
        found.set(alias ?? name.split('.')[0] ?? name, {
          module: alias ? name : (name.split('.')[0] ?? name),
          name: '*',
        })
      else found.set(alias ?? name, { module, name })
    }
  }
  return found
}

/** What names are given by `=`, and by `with … as name`. */
function valuesByName(root: Node): Map<string, Node[]> {
  const found = new Map<string, Node[]>()
  const add = (name: string | undefined, value: Node | null) => {
    if (name && value) found.set(name, [...(found.get(name) ?? []), value])
  }
  for (const node of root.descendantsOfType(['assignment', 'as_pattern'])) {
    if (node.type === 'assignment') add(node.childForFieldName('left')?.text, node.childForFieldName('right'))
    else add(node.childForFieldName('alias')?.text, node.firstNamedChild)
  }
  return found
}
