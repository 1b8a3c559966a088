import { wordsOf } from '#lib/score/pages/page.ts'

/** Scripts in which no blanks stand between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/gu

/** Words of a text in any language: where no blanks stand between them, two characters count as one. */
export function countWords(text: string): number {
  const characters = text.match(UNSPACED)?.length ?? 0
  return wordsOf(text.replace(UNSPACED, ' ')).length + Math.floor(characters / 2)
}
