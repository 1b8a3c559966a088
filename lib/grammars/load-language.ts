import { readFile } from 'node:fs/promises'
import { setFlagsFromString } from 'node:v8'
import { isMainThread } from 'node:worker_threads'
import { Language } from 'web-tree-sitter'
import { largestFunction } from './wasm-functions.ts'

/**
 * Optimising a scanner beyond this size costs up to 700 MB and a second (Bash, C++), far more than it ever saves: such a
 * grammar stays with the code of the quick compiler, which parses 5 % slower.
 */
const MAX_OPTIMISED_BYTES = 25_000

const QUICK_COMPILER = ['--no-wasm-lazy-compilation', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering']
const USUAL_COMPILERS = ['--wasm-lazy-compilation', '--wasm-tier-up', '--wasm-dynamic-tiering']

/** V8 shares the code of equal bytes between all threads for as long as somebody holds the module. */
const held = new Map<string, WebAssembly.Module>()
let last: Promise<unknown> = Promise.resolve()

/**
 * Loads a grammar from its file, for the tree-sitter `into` belongs to. One after the other: the compiler is chosen by
 * flags of the whole process.
 */
export function loadLanguage(file: string, into = Language): Promise<Language> {
  return inTurn(async () => {
    const bytes = await readFile(file)
    holdIfLarge(file, bytes)
    return await into.load(bytes)
  })
}

/** Compiles the large ones of these grammars for the threads to come, which must not touch the flags. */
export function shareLanguages(files: string[]): Promise<void> {
  return inTurn(async () => {
    for (const file of files) if (!held.has(file)) holdIfLarge(file, await readFile(file))
  })
}

function holdIfLarge(file: string, bytes: Uint8Array<ArrayBuffer>): void {
  if (!isMainThread || held.has(file) || largestFunction(bytes) <= MAX_OPTIMISED_BYTES) return
  for (const flag of QUICK_COMPILER) setFlagsFromString(flag)
  try {
    held.set(file, new WebAssembly.Module(bytes))
  } finally {
    for (const flag of USUAL_COMPILERS) setFlagsFromString(flag)
  }
}

function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  const result = last.then(work)
  last = result.catch(() => {})
  return result
}
