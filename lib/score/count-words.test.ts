import { expect, it } from 'vitest'
import { countWords } from './count-words.ts'

it.each([
  ['It opens the door of a given name.', 8],
  ['Sie öffnet die Tür, deren Name gegeben ist.', 8],
  ['openDoor 打开指定名称的门。', 5],
  ['ドアを開く。', 2],
  ['', 0],
])('counts words whatever the script: %s', (text, words) => {
  expect(countWords(text)).toBe(words)
})
