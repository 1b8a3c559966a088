import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const LIB = join(import.meta.dirname, '..', '..')
const MANIFEST = join(LIB, '..', 'package.json')
/** What facts are made by outside their folder; a test holds this against the imports. */
const FURTHER = [
  'grammars/grammar-files.ts',
  'grammars/load-language.ts',
  'grammars/tree-memory.ts',
  'grammars/wasm-functions.ts',
  'domain/code-fence.ts',
  'domain/facts.ts',
  'domain/kinds.ts',
  'domain/manifest-languages.ts',
  'domain/snapshot.ts',
  'errors.ts',
]

let version: string | null = null

/**
 * Names the extractor by its own source text and the packages of this project, so that nobody has to remember to raise
 * a number: entries of another extractor are never taken. Worked out once per process, in about 10 ms.
 */
export function extractorVersion(): string {
  version ??= workedOut()
  return version
}

/** Source files the version stands for, as absolute paths. */
export function extractorFiles(): string[] {
  const own = readdirSync(join(LIB, 'facts'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.[a-z]+$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  return [...own, ...FURTHER.map((path) => join(LIB, ...path.split('/')))].sort()
}

function workedOut(): string {
  const hash = createHash('sha256')
  for (const path of extractorFiles()) {
    const name = relative(LIB, path).split(sep).join('/')
    hash.update(`${name}\0`).update(existsSync(path) ? readFileSync(path) : '')
  }
  // Grammars and libraries are asked for by exact versions.
  const { dependencies } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { dependencies?: Record<string, string> }
  return hash.update(JSON.stringify(dependencies)).update(process.versions.v8).digest('hex').slice(0, 16)
}
