/** For the trees of one thread: a megabyte of code needs about 60, some broken files would take gigabytes. */
export const MAX_TREE_MB = 160
const FIRST_MB = 32
const WASM_PAGE_BYTES = 65_536

/** The memory as numbers of one, two and four bytes; made anew when it grows. */
export interface MemoryViews {
  bytes: Uint8Array
  halves: Uint16Array
  words: Uint32Array
}

interface TreeMemory {
  wasmMemory: WebAssembly.Memory
  /** Always of the memory as it is now. */
  views: MemoryViews
  /** Whether the last thing asked of this memory was more than it may have. */
  isExhausted: () => boolean
}

/** Memory for `Parser.init`. A parser that needs more breaks off, and takes no memory from the others. */
export function treeMemory(): TreeMemory {
  const wasmMemory = new WebAssembly.Memory({ initial: pagesOf(FIRST_MB), maximum: pagesOf(MAX_TREE_MB) })
  const grow = wasmMemory.grow.bind(wasmMemory)
  const views = viewsOf(wasmMemory)
  let isExhausted = false
  wasmMemory.grow = (pages) => {
    isExhausted = true
    const before = grow(pages)
    isExhausted = false
    Object.assign(views, viewsOf(wasmMemory))
    return before
  }
  return { wasmMemory, views, isExhausted: () => isExhausted }
}

function viewsOf({ buffer }: WebAssembly.Memory): MemoryViews {
  return { bytes: new Uint8Array(buffer), halves: new Uint16Array(buffer), words: new Uint32Array(buffer) }
}

function pagesOf(megabytes: number): number {
  return (megabytes * 1024 * 1024) / WASM_PAGE_BYTES
}
