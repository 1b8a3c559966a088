import type { Node } from 'web-tree-sitter'
import type { Grammar } from '#lib/facts/languages.ts'
import { type CodeInterfaces, noInterfaces } from '#lib/facts/parse/parsed-file.ts'
import type { SourceText } from '#lib/facts/parse/source-text.ts'
import { goFlags } from './flags-go.ts'
import { javascriptFlags } from './flags-javascript.ts'
import { pythonFlags } from './flags-python.ts'
import { goRoutes } from './routes-go.ts'
import { javascriptRoutes } from './routes-javascript.ts'
import { pythonRoutes } from './routes-python.ts'

/** A parsed file with the packages it imports. */
export interface CodeFile {
  root: Node
  source: SourceText
  packages: Set<string>
  isTest: boolean
}

type Reader = (file: CodeFile) => Partial<CodeInterfaces>

const READERS: Partial<Record<Grammar, Reader>> = {
  typescript: javascript,
  tsx: javascript,
  python: ({ root, source, packages }) => ({
    flags: pythonFlags(root, source, packages),
    routes: pythonRoutes(root, source, packages),
  }),
  go: ({ root, source, packages }) => ({
    flags: goFlags(root, source, packages),
    routes: goRoutes(root, source, packages),
  }),
}

/** What the code of one file offers to people and programs; a test file offers nothing. */
export function codeInterfaces(file: CodeFile): CodeInterfaces {
  if (file.isTest) return noInterfaces()
  return { ...noInterfaces(), ...READERS[file.source.grammar]?.(file) }
}

function javascript({ root, source, packages }: CodeFile): Partial<CodeInterfaces> {
  return { flags: javascriptFlags(root, source, packages), routes: javascriptRoutes(root, source, packages) }
}
