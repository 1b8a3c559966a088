/** For the trees of one thread: a megabyte of code needs about 60, some broken files would take gigabytes. */
export const MAX_TREE_MB = 160
const FIRST_MB = 32
const WASM_PAGE_BYTES = 65_536

interface TreeMemory {
  wasmMemory: WebAssembly.Memory
  /** Whether the last thing asked of this memory was more than it may have. */
  isExhausted: () => boolean
}

/** Memory for `Parser.init`. A parser that needs more breaks off, and takes no memory from the others. */
export function treeMemory(): TreeMemory {
  const wasmMemory = new WebAssembly.Memory({ initial: pagesOf(FIRST_MB), maximum: pagesOf(MAX_TREE_MB) })
  const grow = wasmMemory.grow.bind(wasmMemory)
  let isExhausted = false
  wasmMemory.grow = (pages) => {
    isExhausted = true
    const before = grow(pages)
    isExhausted = false
    return before
  }
  return { wasmMemory, isExhausted: () => isExhausted }
}

function pagesOf(megabytes: number): number {
  return (megabytes * 1024 * 1024) / WASM_PAGE_BYTES
}
