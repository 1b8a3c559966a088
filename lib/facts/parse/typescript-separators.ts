import type { Node } from './node.ts'

const CONTAINERS = ['object_type', 'interface_body', 'class_body', 'statement_block']

/** Offsets where a line break alone ends a member or statement: on one line a semicolon has to stand there. */
export function missingSeparators(node: Node, startIndex: number, endIndex: number): number[] {
  return node
    .descendantsOfType(CONTAINERS)
    .flatMap(({ namedChildren }) => {
      const parts = namedChildren.filter(({ type }) => type !== 'comment' && type !== 'decorator')
      return parts.slice(0, -1).filter((part) => !isSeparated(part))
    })
    .map((part) => part.endIndex)
    .filter((at) => at > startIndex && at < endIndex)
}

function isSeparated(part: Node): boolean {
  const next = part.nextSibling
  return next?.type === ';' || next?.type === ',' || /[;,]$/.test(part.text)
}
