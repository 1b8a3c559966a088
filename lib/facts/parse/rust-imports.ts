import { documentedChildren } from './documented-children.ts'
import type { Node } from './node.ts'
import type { RawImport } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'

const MAX_DEPTH = 8

/** `mod` declarations as `mod name`, and what `use` brings in, one import per path: `use a::{b, c::D}` is two. */
export function rustImports(root: Node, source: SourceText): RawImport[] {
  return importsIn(root, source, 0)
}

function importsIn(container: Node, source: SourceText, depth: number): RawImport[] {
  return documentedChildren(container).flatMap(({ node, attributes }): RawImport[] => {
    const reexports = isPublic(node)
    const range = source.range(node)
    if (node.type === 'mod_item') {
      const body = node.childForFieldName('body')
      if (body) return depth < MAX_DEPTH ? importsIn(body, source, depth + 1) : []
      const name = node.childForFieldName('name')?.text ?? ''
      const path = attributes.map(({ text }) => /^#\[path\s*=\s*"([^"]+)"\]/.exec(text)?.[1]).find(Boolean)
      return [{ specifier: `mod ${name}`, names: ['*'], reexports, alias: path ?? null, range }]
    }
    const argument = node.type === 'use_declaration' ? node.childForFieldName('argument') : null
    if (!argument) return []
    const byPath = Map.groupBy(leavesOf(argument, '', 0), ({ path }) => path)
    return [...byPath].map(([path, leaves]) => ({
      specifier: seenFromFile(path, depth),
      names: leaves.map(({ name }) => name),
      reexports,
      alias: null,
      renames: leaves.flatMap(({ name, here }): [string, string][] => (here ? [[here, name]] : [])),
      range,
    }))
  })
}

/** Inside `mod tests { … }` the first `super` is the file itself. */
function seenFromFile(path: string, depth: number): string {
  const parts = path.split('::')
  const ups = parts.findIndex((part) => part !== 'super')
  const inner = Math.min(depth, ups === -1 ? parts.length : ups)
  if (inner === 0) return path
  const rest = parts.slice(inner)
  return rest[0] === 'super' ? rest.join('::') : ['self', ...rest].join('::')
}

/** Only plain `pub` is offered to other crates. */
function isPublic(node: Node): boolean {
  return node.namedChildren.find(({ type }) => type === 'visibility_modifier')?.text === 'pub'
}

interface Leaf {
  path: string
  name: string
  /** What the file calls it when that is another name. */
  here: string | null
}

function leavesOf(tree: Node, path: string, depth: number): Leaf[] {
  if (depth > MAX_DEPTH) return []
  const joined = (more: string | undefined) => [path, more].filter(Boolean).join('::')
  if (tree.type === 'scoped_use_list') {
    const inner = joined(tree.childForFieldName('path')?.text)
    return tree.childForFieldName('list')?.namedChildren.flatMap((child) => leavesOf(child, inner, depth + 1)) ?? []
  }
  if (tree.type === 'use_list') return tree.namedChildren.flatMap((child) => leavesOf(child, path, depth + 1))
  if (tree.type === 'use_wildcard') return [{ path: joined(tree.firstNamedChild?.text), name: '*', here: null }]
  const written = (tree.type === 'use_as_clause' ? tree.childForFieldName('path') : tree)?.text ?? ''
  if (written === 'self') return [{ path, name: '*', here: null }]
  const here = tree.type === 'use_as_clause' ? (tree.childForFieldName('alias')?.text ?? null) : null
  const cut = written.lastIndexOf('::')
  const name = cut === -1 ? written : written.slice(cut + 2)
  if (!/^[\w#]+$/.test(name)) return []
  return [{ path: cut === -1 ? path : joined(written.slice(0, cut)), name, here }].map((leaf) =>
    leaf.path === '' ? { path: name, name: '*', here } : leaf,
  )
}
