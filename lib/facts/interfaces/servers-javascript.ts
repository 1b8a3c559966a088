import type { Node } from '#lib/facts/parse/node.ts'
import type { RawServer } from '#lib/facts/parse/parsed-file.ts'
import { argumentsOf, objectEntries } from './arguments.ts'
import type { CodeFile } from './code-file.ts'
import { importedNames, requiredModule } from './routers-javascript.ts'
import { runsAtLoad } from './runs-at-load.ts'

const SEEN = /\.(?:listen|start)\s*\(|\bserve\s*\(|\bstartStandaloneServer\s*\(|\bnew\s+(?:\w+\.)?WebSocketServer\s*\(/
/** Packages whose value of any name makes what listens. */
const FRAMEWORKS =
  /^(?:express|fastify|koa|polka|restify|connect|micro|elysia|hyper-express|uWebSockets\.js|@nestjs\/core|apollo-server(?:-\w+)?|socket\.io|json-server|@feathersjs\/(?:express|koa))$/
const NETWORK = /^(?:node:)?(?:http2?|https|net|tls)$/
const SERVING =
  /^(?:@hono\/node-server|@std\/http(?:\/server)?|jsr:@std\/http.*|https:\/\/deno\.land\/std.*\/http\/server\.ts)$/
const USUAL_NAME = /^(?:this\.)?_?#?(?:\w*[aA]pp|\w*[sS]erver|fastify|api|application)$/
const PORT = /port\b|^\d{2,5}$|\bPORT\b/i
/** Nobody chains more calls. */
const MAX_CHAIN = 60

interface Reading extends CodeFile {
  imported: ReturnType<typeof importedNames>
  values: Map<string, Node[]>
}

/** Calls that make a program listen: Node's own servers, the usual frameworks, Deno and Bun. */
export function javascriptServers(file: CodeFile): { servers: RawServer[] } {
  const { root, source } = file
  if (!SEEN.test(source.content)) return { servers: [] }
  const reading: Reading = { ...file, imported: importedNames(root), values: valuesByName(root) }
  const servers = root.descendantsOfType(['call_expression', 'new_expression']).flatMap((call): RawServer[] => {
    const name = startedBy(call, reading)
    return name === null ? [] : [{ name, runs: runsAtLoad(call), range: source.range(call) }]
  })
  return { servers }
}

/** What a call starts a server with, as the code writes it; null when it starts none. */
function startedBy(call: Node, reading: Reading): string | null {
  const [first] = argumentsOf(call)
  if (call.type === 'new_expression') {
    const isSocket = originOf(call, reading) === 'ws' && objectEntries(first).has('port')
    return isSocket ? `new ${call.childForFieldName('constructor')?.text}` : null
  }
  const callee = call.childForFieldName('function')
  if (!callee) return null
  if (callee.type === 'identifier') return isServing(callee.text, reading) ? callee.text : null
  return /^(?:Deno|Bun)\.serve$/.test(callee.text) ? callee.text : listening(callee, first, reading)
}

/** Functions of packages that do nothing but serve. */
function isServing(name: string, { imported }: Reading): boolean {
  const origin = imported.get(name)?.specifier ?? ''
  if (name === 'serve') return SERVING.test(origin)
  return name === 'startStandaloneServer' && origin.startsWith('@apollo/server')
}

/** `server.listen(…)`; hapi's `server.start()`. */
function listening(callee: Node, first: Node | undefined, reading: Reading): string | null {
  const method = callee.childForFieldName('property')?.text ?? ''
  const object = callee.childForFieldName('object')
  if (!object || !/^(?:listen|start)$/.test(method) || isPassedOn(first)) return null
  const isKnown =
    method === 'start'
      ? isMadeBy(object, reading, /^@?hapi(?:\/hapi)?$/)
      : isMadeBy(object, reading) || (isUnknown(object, reading) && hasPort(first))
  return isKnown ? `${shortName(object)}.${method}` : null
}

/** What is listened on comes from whoever calls; a port of 0 is for a test or for the program itself. */
function isPassedOn(first: Node | undefined): boolean {
  if (!first) return false
  const port = first.type === 'object' ? objectEntries(first).get('port') : first
  return first.type === 'spread_element' || first.text === 'arguments' || port?.text === '0'
}

function hasPort(first: Node | undefined): boolean {
  if (!first || /^(?:arrow_function|function_expression)$/.test(first.type)) return false
  if (first.type === 'object') return /\b(?:port|host|path)\b/.test(first.text)
  return PORT.test(first.text)
}

/** Handed in or imported, and named as servers are. */
function isUnknown(object: Node, { values, imported }: Reading): boolean {
  if (!/^(?:identifier|member_expression)$/.test(object.type) || !USUAL_NAME.test(object.text)) return false
  const origin = imported.get(object.text)?.specifier ?? '.'
  const given = values.get(object.text) ?? []
  return origin.startsWith('.') && given.every((value) => requiredModule(value)?.startsWith('.') === true)
}

function isMadeBy(object: Node, reading: Reading, packages: RegExp = FRAMEWORKS): boolean {
  const made = /^(?:identifier|member_expression|private_property_identifier)$/.test(object.type)
    ? (reading.values.get(object.text) ?? [])
    : [object]
  return made.some((value) => {
    const start = startOfChain(value)
    const origin = start && originOf(start, reading)
    if (!start || !origin || argumentsOf(start).some(({ text }) => /^this\b/.test(text))) return false
    const callee = start.childForFieldName('function') ?? start.childForFieldName('constructor')
    return packages === FRAMEWORKS && NETWORK.test(origin)
      ? /\b(?:create(?:Secure)?Server|Server)$/.test(callee?.text ?? '')
      : packages.test(origin) && !/\bRouter$/.test(callee?.text ?? '')
  })
}

/** The call or `new` a chain begins with, behind `await`. */
function startOfChain(value: Node): Node | null {
  let current = value
  let call: Node | null = null
  for (let depth = 0; depth < MAX_CHAIN; depth += 1) {
    if (/^(?:call|new)_expression$/.test(current.type)) call = current
    const next: Node | null =
      current.type === 'await_expression' || current.type === 'parenthesized_expression'
        ? current.firstNamedChild
        : (current.childForFieldName('function') ?? current.childForFieldName('object'))
    if (!next || /^(?:identifier|this)$/.test(next.type)) break
    current = next
  }
  return call
}

/** Package that the first name of a call comes from. */
function originOf(call: Node, { imported }: Reading): string | null {
  const callee = call.childForFieldName('function') ?? call.childForFieldName('constructor')
  if (!callee) return null
  const start = /^\w+/.exec(callee.text)?.[0] ?? ''
  return start === 'require' ? requiredModule(call) : (imported.get(start)?.specifier ?? null)
}

/** Short enough for a name: of a chain its beginning. */
function shortName(object: Node): string {
  const start = startOfChain(object)
  const callee = start?.childForFieldName('function') ?? start?.childForFieldName('constructor')
  if (!start || !callee) return object.text
  return `${start.type === 'new_expression' ? 'new ' : ''}${callee.text}()`.replace(/(?<!new)\s+/g, '')
}

function valuesByName(root: Node): Map<string, Node[]> {
  const found = new Map<string, Node[]>()
  const types = ['variable_declarator', 'assignment_expression', 'public_field_definition']
  for (const node of root.descendantsOfType(types)) {
    const name = node.childForFieldName('name') ?? node.childForFieldName('left')
    const value = node.childForFieldName('value') ?? node.childForFieldName('right')
    if (!name || !value) continue
    const key = node.type === 'public_field_definition' ? `this.${name.text}` : name.text
    found.set(key, [...(found.get(key) ?? []), value])
  }
  return found
}
