import type { CodeWords } from './code-words.ts'
import { isContextual, isDeclaring, isReservedWord } from './reserved-words.ts'

/** What is known of a word by itself. */
export const RESERVED = 1
/** Reserved where another word follows. */
export const CONTEXTUAL = 2
/** Declares the word behind it. */
export const DECLARING = 4
export const NEW = 8

const FIRST_SLOTS = 1_024

/** The different words of a file by number: most stand in it many times, and are compared and looked up once. */
export class WordIds {
  /** By number. */
  readonly texts: string[] = []
  readonly kinds: number[] = []
  /** Number of each word, in the order of the words. */
  readonly ids: Int32Array
  private readonly content: string
  private readonly starts: number[] = []
  private slots = new Int32Array(FIRST_SLOTS)

  /** `isMarked` says whether the character behind a word belongs to it. */
  constructor(content: string, words: CodeWords, isMarked: (end: number) => boolean) {
    this.content = content
    this.ids = new Int32Array(words.count)
    for (let at = 0; at < words.count; at += 1) {
      const end = words.ends[at] ?? 0
      this.ids[at] = this.idOf(words.starts[at] ?? 0, isMarked(end) ? end + 1 : end)
    }
  }

  private idOf(start: number, end: number): number {
    const { texts, starts, slots } = this
    const mask = slots.length - 1
    for (let slot = this.hashOf(start, end) & mask; ; slot = (slot + 1) & mask) {
      const id = (slots[slot] ?? 0) - 1
      if (id < 0) return this.add({ start, end, slot })
      if (texts[id]?.length === end - start && this.isSame(starts[id] ?? 0, start, end - start)) return id
    }
  }

  private hashOf(start: number, end: number): number {
    const { content } = this
    let hash = end - start
    for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + content.charCodeAt(at)) | 0
    return hash ^ (hash >>> 15)
  }

  private isSame(a: number, b: number, length: number): boolean {
    const { content } = this
    for (let at = 0; at < length; at += 1) if (content.charCodeAt(a + at) !== content.charCodeAt(b + at)) return false
    return true
  }

  private add({ start, end, slot }: { start: number; end: number; slot: number }): number {
    const text = this.content.slice(start, end)
    this.slots[slot] = this.texts.push(text)
    this.starts.push(start)
    this.kinds.push(kindOf(text))
    if (this.texts.length * 2 > this.slots.length) this.grow()
    return this.texts.length - 1
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 4)
    const mask = this.slots.length - 1
    for (const [id, start] of this.starts.entries()) {
      let slot = this.hashOf(start, start + (this.texts[id]?.length ?? 0)) & mask
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask
      this.slots[slot] = id + 1
    }
  }
}

function kindOf(word: string): number {
  return (
    (isReservedWord(word) ? RESERVED : 0) |
    (isContextual(word) ? CONTEXTUAL : 0) |
    (isDeclaring(word) ? DECLARING : 0) |
    (word === 'new' ? NEW : 0)
  )
}
