import { createRequire } from 'node:module'
import { treeMemory } from './tree-memory.ts'

export type TreeSitter = Pick<typeof import('web-tree-sitter'), 'Language' | 'Parser'>

/** A tree-sitter with memory of its own: a file that tears the memory of another one does it no harm. Freed when unused. */
export async function ownTreeSitter(): Promise<TreeSitter> {
  const require = createRequire(import.meta.url)
  const file = require.resolve('web-tree-sitter')
  delete require.cache[file]
  const own: TreeSitter = require(file)
  delete require.cache[file]
  await own.Parser.init({ wasmMemory: treeMemory().wasmMemory })
  return own
}
